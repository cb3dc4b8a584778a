// The Door's page: the reader's own time, a guest's name for the room, and looking again while it is closed.
{
  const yours = document.getElementById('yours')
  if (yours) {
    const start = new Date(yours.dataset.start)
    const offset = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'longOffset' })
      .formatToParts(start)
      .find(({ type }) => type === 'timeZoneName')
      .value.replace(/^GMT(?:\+00:00)?/, 'UTC')
    const language = navigator.language.startsWith('en') ? navigator.language : 'en-GB'
    const words = new Intl.DateTimeFormat(language, { weekday: 'long', hour: '2-digit', minute: '2-digit' }).format(
      start,
    )
    if (offset !== yours.dataset.offset) yours.textContent = ` · ${words} your time`
  }

  const name = document.getElementById('name')
  document.getElementById('browser')?.addEventListener('click', (event) => {
    if (!name) return
    // Not in the address: it is kept for the room, in this tab alone.
    event.preventDefault()
    sessionStorage.setItem('greenroom-name', name.value.trim())
    location.assign(event.currentTarget.formAction)
  })
  // Somebody who chose on a public page how to come in finds that button first.
  const browser = document.getElementById('browser')
  if (location.hash === '#browser' && browser) {
    for (const button of browser.parentElement.children) button.classList.toggle('primary', button === browser)
    browser.parentElement.prepend(browser)
  }

  // How long is told by the server: clocks here may be wrong.
  const { waiting, wait } = document.getElementById('door').dataset
  if (waiting) setTimeout(() => location.reload(), Math.min(30_000, Math.max(1000, Number(wait) + 500)))
}
