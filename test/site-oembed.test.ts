import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { world } from './world.ts'

const w = await world({ after })

const made = await w.api<{ id: string }>('POST', '/meetings', {
  host: 'ada@school.example',
  topic: 'Questions & "answers" <1>',
  start_time: new Date(Date.now() + 3_600_000).toISOString(),
  duration: 45,
})
const page = `${w.hubUrl}/m/questions`
await w.api('POST', '/site/pages', { meeting_id: made.body.id, slug: 'questions', list: 'talks' })

test('a page names its card early in its head, in letters that every editor reads', async () => {
  const text = await (await fetch(page)).text()
  const [tag = ''] = /<link[^<>]+application\/json\+oembed[^<>]+>/.exec(text) ?? []
  assert.ok(text.indexOf(tag) < 4096, 'in the first four kilobytes')
  assert.ok(Buffer.byteLength(text) < 150 * 1024)
  const [, href = ''] = /href="([^"]*)"/.exec(tag) ?? []
  assert.equal(href, `${w.hubUrl}/oembed?url=${encodeURIComponent(page)}&amp;format=json`)
})

test('the card’s answer holds a blockquote and a frame, and nothing that changes with time', async () => {
  const { status, headers, text } = await ask(page)
  assert.equal(status, 200)
  assert.equal(headers.get('access-control-allow-origin'), '*')
  const title = 'Questions &amp; &quot;answers&quot; &lt;1&gt;'
  assert.deepEqual(JSON.parse(text), {
    version: '1.0',
    type: 'rich',
    provider_name: 'Greenroom',
    provider_url: `${w.hubUrl}/`,
    title: 'Questions & "answers" <1>',
    cache_age: 3600,
    width: 600,
    height: 300,
    html:
      `<blockquote><a href="${page}">${title}</a></blockquote>` +
      `<iframe src="${w.hubUrl}/embed/m/questions" width="600" height="300" frameborder="0" marginwidth="0" marginheight="0" scrolling="no" title="${title}"></iframe>`,
  })
  await w.api('POST', `/meetings/${made.body.id}/cancel`, {})
  assert.equal((await ask(page)).text, text, 'also when the meeting is called off')
})

test('a list has a card, too', async () => {
  const { html, height } = JSON.parse((await ask(`${w.hubUrl}/g/talks`)).text) as { html: string; height: number }
  assert.match(
    html,
    /^<blockquote><a href="[^"]+\/g\/talks">talks<\/a><\/blockquote><iframe src="[^"]+\/embed\/g\/talks"/,
  )
  assert.equal(height, 480)
})

for (const [asked, width, height] of [
  ['maxwidth=500&maxheight=750', 500, 300],
  ['maxwidth=320', 320, 300],
  ['maxwidth=10&maxheight=10', 200, 200],
  ['maxwidth=5000&maxheight=5000', 600, 300],
  ['maxwidth=abc&maxheight=-3', 600, 300],
  ['dnt=1&anything=else', 600, 300],
] as const) {
  test(`asked with ${asked} the card is ${width} by ${height}`, async () => {
    const card = JSON.parse((await ask(page, asked)).text) as Record<string, unknown>
    assert.deepEqual([card['width'], card['height']], [width, height])
    assert.ok(String(card['html']).includes(`width="${width}" height="${height}"`))
  })
}

test('what is not a page here is 404, and another spelling than JSON is 501', async () => {
  const { origin } = new URL(w.hubUrl)
  for (const url of [
    `${origin}/m/nothing`,
    `${origin}/m/`,
    `${origin}/console/`,
    `${origin}/m/questions/more`,
    'https://elsewhere.example/m/questions',
    `https://elsewhere.example/?${origin}/m/questions`,
    'javascript:alert(1)',
    'questions',
  ])
    assert.equal((await ask(url)).status, 404, url)
  assert.equal((await ask(page, 'format=xml')).status, 501)
  assert.equal((await ask(`${page}/`)).status, 200, 'a slash at the end')
  assert.equal((await ask(`${page}?utm_source=mail#top`)).status, 200, 'what mails add')
})

test('while Zoom is down page, card and answer are there as ever', async () => {
  await w.zoom('POST', '/faults', { action: { drop: 'before' }, times: null })
  const before = await w.calls()
  for (const path of ['/m/questions', '/embed/m/questions', '/g/talks', '/embed/g/talks', '/m/questions/calendar.ics'])
    assert.equal((await fetch(w.hubUrl + path)).status, 200, path)
  assert.equal((await ask(page)).status, 200)
  assert.equal(await w.calls(), before)
})

test('a card may be shown in any site’s frame, a page in none', async () => {
  const card = await fetch(`${w.hubUrl}/embed/m/questions`)
  assert.equal(card.headers.get('x-frame-options'), null)
  assert.doesNotMatch(card.headers.get('content-security-policy') ?? '', /frame-ancestors/)
  assert.equal(card.headers.get('cross-origin-resource-policy'), 'cross-origin')
  assert.equal(card.headers.get('set-cookie'), null)
  const shown = await fetch(page)
  assert.match(shown.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
})

async function ask(url: string, more = ''): Promise<{ status: number; headers: Headers; text: string }> {
  const query = `url=${encodeURIComponent(url)}&${/format=/.test(more) ? '' : 'format=json&'}${more}`
  const answer = await fetch(`${w.hubUrl}/oembed?${query}`)
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}
