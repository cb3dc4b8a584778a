/*
 * The site's side of the conversation with cards that it has shut in: a card is believed when it speaks from its own frame with the frame's secret.
 * It may say how high it is, and after a click in it name an address of its own host to go to.
 * https://developer.wordpress.org/reference/files/wp-includes/js/wp-embed.js/
 */
{
  const frameOf = ({ source, data }) =>
    /^[a-zA-Z0-9]+$/.test(data?.secret ?? '') &&
    [...document.querySelectorAll(`iframe[data-secret="${data.secret}"]`)].find(
      (frame) => frame.contentWindow === source,
    )

  const heard = {
    height(frame, value) {
      frame.height = Math.min(1000, Math.max(200, Number.parseInt(value, 10) || 0))
    },
    link(frame, value) {
      const [target, source] = [new URL(value, 'about:blank'), new URL(frame.src)]
      if (!/^https?:$/.test(target.protocol) || target.host !== source.host) return
      if (document.activeElement === frame) top.location.href = target.href
    },
  }

  addEventListener('message', (event) => {
    const frame = frameOf(event)
    if (!frame) return
    for (const quote of document.querySelectorAll(`blockquote[data-secret="${event.data.secret}"]`))
      quote.style.display = 'none'
    frame.removeAttribute('style')
    heard[event.data.message]?.(frame, event.data.value)
  })
  addEventListener('load', () => {
    for (const frame of document.querySelectorAll('iframe.wp-embedded-content'))
      frame.contentWindow.postMessage({ message: 'ready', secret: frame.dataset.secret }, '*')
  })
}
