/*
 * A stand-in for the client view of Zoom's web Meeting SDK: the same global and the same calls, for the simulator's
 * meetings. It has neither sound nor picture: it shows who is in.
 * https://developers.zoom.us/docs/meeting-sdk/web/client-view/
 */
;(() => {
  const simulator = new URL(document.currentScript.src).origin
  const listeners = new Map()
  let leaveUrl
  let stay
  let shown = { state: '', participants: [] }

  const ask = async (method, path, body) => {
    const response = await fetch(`${simulator}/sdk/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    return { ok: response.ok, answer: await response.json() }
  }

  const tell = (event, data) => {
    for (const listener of listeners.get(event) ?? []) listener(data)
  }

  const fail = (method, { errorCode, errorMessage }, error) =>
    error?.({ method, status: false, result: errorMessage, errorCode, errorMessage })

  const join = async ({ success, error, ...args }) => {
    if (leaveUrl === undefined)
      return fail('join', { errorCode: 2, errorMessage: 'Meeting is not initialized.' }, error)
    const { ok, answer } = await ask('POST', 'join', args).catch(() => ({
      ok: false,
      answer: { errorCode: 1, errorMessage: 'Zoom does not answer.' },
    }))
    if (!ok) return fail('join', answer, error)
    stay = answer.stay
    show(answer)
    success?.({ method: 'join', status: true, result: null, errorCode: 0, errorMessage: null })
    follow()
  }

  /** The view keeps up with the meeting until it is over for this page. */
  const follow = () =>
    setTimeout(async () => {
      if (!stay) return
      const { ok, answer } = await ask('GET', `stays/${stay}`).catch(() => ({ ok: true, answer: shown }))
      if (!stay) return
      if (!ok || answer.state === 'over') return over()
      show(answer)
      follow()
    }, 1000)

  const leave = async () => {
    const path = `stays/${stay}/leave`
    stay = undefined
    await ask('POST', path).catch(() => {})
    over()
  }

  const over = () => {
    stay = undefined
    tell('onMeetingStatus', { meetingStatus: 3 })
    root().remove()
    location.assign(leaveUrl)
  }

  addEventListener('pagehide', () => {
    if (stay) navigator.sendBeacon(`${simulator}/sdk/stays/${stay}/leave`)
  })

  const root = () => {
    const found = document.getElementById('zmmtg-root')
    if (found) return found
    const made = Object.assign(document.createElement('div'), { id: 'zmmtg-root' })
    document.body.append(made)
    return made
  }

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties)
    made.append(...children)
    return made
  }

  const show = (now) => {
    const before = shown
    shown = now
    announce(before, now)
    if (JSON.stringify(before) === JSON.stringify(now)) return
    const isIn = now.state === 'in_meeting'
    const status = isIn ? `You are in the meeting as ${now.name}.` : 'Please wait. The host will let you in.'
    const people = now.participants.map(({ name }) => element('li', { textContent: name }))
    const button = element('button', { type: 'button', textContent: 'Leave', onclick: leave })
    const view = element(
      'main',
      { className: 'zoom-simulator' },
      element('h1', { textContent: now.topic }),
      element('p', { role: 'status', textContent: status }),
      element('ul', {}, ...people),
      button,
    )
    const focused = root().contains(document.activeElement)
    root().replaceChildren(view)
    if (focused || before.state !== now.state) button.focus()
  }

  const announce = (before, now) => {
    if (before.state !== now.state) {
      if (now.state === 'in_meeting') tell('onMeetingStatus', { meetingStatus: 2 })
      if (now.state === 'waiting_room') tell('onUserIsInWaitingRoom', { userId: now.user_id, userName: now.name })
    }
    const has = ({ participants }, one) => participants.some(({ user_id }) => user_id === one.user_id)
    const data = ({ user_id, name }) => ({ userId: Number(user_id), userName: name })
    for (const one of now.participants) if (!has(before, one)) tell('onUserJoin', data(one))
    for (const one of before.participants) if (!has(now, one)) tell('onUserLeave', data(one))
  }

  // A constructed sheet needs no permission in a page's content security policy.
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`
    #zmmtg-root { position: fixed; inset: 0; z-index: 1000; overflow: auto; display: grid; place-items: center; padding: 1rem;
      color-scheme: light dark; background: light-dark(#f6f7f9, #14171c); color: light-dark(#1b2330, #e6e9ee); }
    .zoom-simulator { box-sizing: border-box; width: min(32rem, 100%); padding: 1.5rem; border-radius: 14px; font: 1rem/1.5 system-ui, sans-serif;
      background: light-dark(#fff, #1c2128); border: 1px solid light-dark(#dde2e9, #323a45); }
    .zoom-simulator h1 { margin: 0 0 .25rem; font-size: 1.25rem; overflow-wrap: anywhere; }
    .zoom-simulator p { margin: 0 0 1rem; color: light-dark(#586274, #a3adbb); }
    .zoom-simulator ul { margin: 0 0 1.25rem; padding: 0; list-style: none; }
    .zoom-simulator li { padding: .4rem 0; border-top: 1px solid light-dark(#dde2e9, #323a45); overflow-wrap: anywhere; }
    .zoom-simulator button { min-height: 2.75rem; padding: 0 1.5rem; border: 0; border-radius: 10px; font: inherit; cursor: pointer;
      background: light-dark(#b3261e, #ff9d94); color: light-dark(#fff, #2b0c0a); }
    .zoom-simulator button:focus-visible { outline: 3px solid light-dark(#0b5cd6, #79b0ff); outline-offset: 2px; }
  `)

  window.ZoomMtg = {
    setZoomJSLib() {},
    preLoadWasm() {},
    prepareWebSDK() {},
    prepareJssdk() {},
    i18n: { load: async () => {} },
    init({ leaveUrl: url, success, error }) {
      if (!url) return fail('init', { errorCode: 1, errorMessage: 'leaveUrl is required.' }, error)
      leaveUrl = url
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
      queueMicrotask(() => success?.({ method: 'init', status: true, result: null, errorCode: 0, errorMessage: null }))
    },
    join: (args) => void join(args),
    leaveMeeting: ({ success } = {}) => void leave().then(() => success?.()),
    inMeetingServiceListener(event, listener) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener])
    },
  }
})()
