// The card's side of WordPress's conversation with a frame that it has shut in (wp-includes/js/wp-embed.js): the secret comes in
// the fragment, the height is told until somebody hears it, and a click on a link asks the owner of the window to go there.
{
  const cards = document.getElementById('cards')
  const secretNow = () => /secret=([\da-zA-Z]{10})/.exec(location.hash)?.[1]
  const say = (message, value) => {
    const secret = secretNow()
    if (secret && parent !== window) parent.postMessage({ message, value, secret }, '*')
  }
  const tellHeight = () => say('height', Math.ceil(document.documentElement.getBoundingClientRect().height))

  let soon
  new ResizeObserver(() => {
    clearTimeout(soon)
    soon = setTimeout(tellHeight, 100)
  }).observe(cards)
  // The fragment may be set after we were loaded.
  const looking = setInterval(() => {
    if (!secretNow()) return
    clearInterval(looking)
    tellHeight()
  }, 100)
  tellHeight()
  addEventListener('message', ({ source, data }) => {
    if (source === parent && data?.message === 'ready' && data.secret === secretNow()) tellHeight()
  })
  addEventListener('click', (event) => {
    const link = event.target.closest('a[href]')
    if (!link || !secretNow()) return
    event.preventDefault()
    say('link', link.href)
  })

  for (const yours of document.querySelectorAll('[data-start]')) {
    const start = new Date(yours.dataset.start)
    const offset = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'longOffset' })
      .formatToParts(start)
      .find(({ type }) => type === 'timeZoneName')
      .value.replace(/^GMT(?:\+00:00)?/, 'UTC')
    const language = navigator.language.startsWith('en') ? navigator.language : 'en-GB'
    const words = new Intl.DateTimeFormat(language, { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(
      start,
    )
    if (offset !== yours.dataset.offset) yours.textContent = ` · ${words} your time`
  }

  const { state, version } = cards.dataset
  if (state) {
    setInterval(async () => {
      const answer = await fetch(state).catch(() => undefined)
      const known = await answer?.json().catch(() => undefined)
      if (known?.version && known.version !== version) location.reload()
    }, 60_000)
  }
}
