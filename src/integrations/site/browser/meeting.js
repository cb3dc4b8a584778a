// The clock of a meeting's page, the reader's own time, and a look now and then whether the hub would show something else.
{
  const meeting = document.getElementById('meeting')
  const { version, state } = meeting.dataset
  const [opens, start, end] = ['opens', 'start', 'end'].map((moment) => Date.parse(meeting.dataset[moment]))
  const language = navigator.language.startsWith('en') ? navigator.language : 'en-GB'

  const yours = document.querySelector('#yours dd')
  if (yours) {
    const [from, to] = [new Date(yours.dataset.start), new Date(yours.dataset.end)]
    const offset = offsetOf(from)
    const day = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' })
    const zone = document.createElement('span')
    zone.className = 'quiet'
    zone.textContent = `${Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll('_', ' ')} (${offset})`
    yours.append(
      day.format(from),
      document.createElement('br'),
      clock.formatRange(from, to),
      document.createElement('br'),
      zone,
    )
    yours.parentElement.hidden = offset === yours.dataset.offset
  }

  const tiles = document.getElementById('countdown')
  const saying = document.getElementById('saying')
  if (tiles) {
    const doors = saying.textContent.replace(/^Starts in [^.]*\. /, '')
    let told = ''
    const tick = () => {
      const left = Math.max(0, Math.ceil((start - Date.now()) / 1000))
      const units = {
        days: Math.floor(left / 86_400),
        hours: Math.floor(left / 3600) % 24,
        minutes: Math.floor(left / 60) % 60,
        seconds: left % 60,
      }
      for (const [unit, count] of Object.entries(units))
        tiles.querySelector(`[data-unit=${unit}]`).textContent = String(count)
      // Read out at most once a minute: seconds are for the eye.
      const words = ['days', 'hours', 'minutes']
        .filter((unit) => units[unit] > 0)
        .slice(0, 2)
        .map((unit) => `${units[unit]} ${units[unit] === 1 ? unit.slice(0, -1) : unit}`)
        .join(' and ')
      if (words !== told) saying.textContent = `Starts in ${words || 'less than a minute'}. ${doors}`
      told = words
    }
    tiles.hidden = false
    tick()
    setInterval(tick, 1000)
  }

  // At the next moment that changes something, and every half a minute: somebody may start or call off a meeting at any time.
  const next = [opens, start, end].filter((moment) => moment > Date.now()).map((moment) => moment - Date.now() + 500)
  const look = async () => {
    const answer = await fetch(state).catch(() => undefined)
    const known = await answer?.json().catch(() => undefined)
    if (known?.version && known.version !== version) return location.reload()
    setTimeout(look, 30_000)
  }
  setTimeout(look, Math.min(30_000, ...next))

  function offsetOf(moment) {
    const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'longOffset' }).formatToParts(moment)
    return parts.find(({ type }) => type === 'timeZoneName').value.replace(/^GMT(?:\+00:00)?/, 'UTC')
  }
}
