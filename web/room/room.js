// The room: brings the Meeting SDK up, asks the hub for what it joins with, and joins. What goes wrong is told in words.
{
  const settings = JSON.parse(document.getElementById('settings').textContent)
  const greeting = document.getElementById('greeting')
  const saying = document.getElementById('saying')
  const who = document.getElementById('who')
  const input = document.getElementById('name')

  const say = (words, ways = false) => {
    saying.textContent = words
    document.getElementById('ways').hidden = !ways
  }
  document.getElementById('again').addEventListener('click', () => location.reload())

  // https://developers.zoom.us/docs/meeting-sdk/web/error-codes/
  const reasons = {
    1: 'Zoom did not let you in. Try again, or go back and use the Zoom app.',
    3001: 'Zoom does not know this meeting (any more).',
    3004: 'Zoom did not take the passcode. The meeting may have changed a moment ago.',
    3008: 'The host has not started the meeting yet.',
    3099: 'This meeting wants people to register first.',
    3100: 'This meeting wants people to be signed in at Zoom: use the Zoom app.',
    3712: 'Zoom did not take our signature. An administrator can look at the Zoom app’s Meeting SDK credentials.',
  }
  const wentWrong = ({ errorCode, errorMessage } = {}) => {
    greeting.hidden = false
    say(
      reasons[errorCode] ?? `Zoom says: ${errorMessage ?? 'it did not work'}${errorCode ? ` (${errorCode})` : ''}.`,
      true,
    )
  }

  const credentials = async (name) => {
    const answer = await fetch(settings.signature, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ page_token: settings.page_token, ...(name ? { name } : {}) }),
    })
    const body = await answer.json()
    if (!answer.ok) throw new Error(body.detail ?? body.title)
    return body
  }

  // Only this page sees whether Zoom lets the app in at all. Whoever joins need not wait for it, nor hear when it does not arrive.
  const tell = (report_token, outcome) =>
    fetch(settings.outcome, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ report_token, outcome }),
      keepalive: true,
    }).catch(() => {})

  const join = async (name) => {
    say('Opening the meeting …')
    if (!window.ZoomMtg) return say('Zoom’s part of this page could not be loaded. Look at your connection.', true)
    const { ZoomMtg } = window
    const asked = await credentials(name).catch((error) => say(`${error.message}.`.replace(/\.+$/, '.'), true))
    if (!asked) return
    // Whole addresses: the SDK looks for their host.
    if (settings.lib) ZoomMtg.setZoomJSLib(new URL(settings.lib, location.href).href, '/av')
    ZoomMtg.preLoadWasm()
    ZoomMtg.prepareWebSDK()
    ZoomMtg.init({
      leaveUrl: new URL(settings.door, location.href).href,
      patchJsMedia: true,
      success: () => {
        greeting.hidden = true
        const { report_token, ...joining } = asked
        ZoomMtg.join({
          ...joining,
          success: () => void tell(report_token, { joined: true }),
          error: (refusal = {}) => {
            const { errorCode = 0, errorMessage = '' } = refusal
            const told = { errorCode: Number(errorCode) || 0, errorMessage: String(errorMessage).slice(0, 300) }
            void tell(report_token, { joined: false, ...told })
            wentWrong(refusal)
          },
        })
      },
      error: wentWrong,
    })
  }

  const kept = sessionStorage.getItem('greenroom-name')
  const known = settings.guest ? kept || settings.name : settings.name
  if (known || !settings.guest) void join(settings.guest ? known : undefined)
  else {
    say('')
    who.hidden = false
    input.focus()
    who.addEventListener('submit', (event) => {
      event.preventDefault()
      who.hidden = true
      sessionStorage.setItem('greenroom-name', input.value.trim())
      void join(input.value.trim())
    })
  }
}
