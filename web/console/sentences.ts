/** A sentence with gaps, `There is no meeting {{0}}`: what stands around them, and which gap is which. */
interface Pattern {
  /** One more than there are gaps. */
  around: string[]
  gaps: number[]
  text: string
  /** How much of it is fixed. */
  size: number
  /** So little of it is fixed that only values without blanks are believed to be its gaps. */
  weak: boolean
}

/**
 * Translates what was made from known sentences. `texts` has each, with `{{0}}`, `{{1}}` … for what was filled in, and its translation. The
 * pattern with the most text of its own counts first; what was filled in is translated, too, where it is known; several sentences may
 * stand one after another. The answer is undefined where nothing of the message is known.
 */
export function sentencesOf(texts: Readonly<Record<string, string>>): (message: string) => string | undefined {
  const exact = new Map(Object.entries(texts).filter(([sentence]) => !sentence.includes('{{')))
  const patterns = Object.entries(texts)
    .filter(([sentence]) => sentence.includes('{{'))
    .map(([sentence, text]) => patternOf(sentence, text))
    .toSorted((a, b) => b.size - a.size)
  const byBeginning = Map.groupBy(patterns, ({ around: [first = ''] }) => first.slice(0, beginning))
  const fromGap = patterns.filter(({ around: [first = ''] }) => first.length < beginning)

  /** Those that begin as the message does, and those that begin with a gap; the most text of its own first. */
  function* candidates(message: string): Generator<Pattern> {
    const alike = byBeginning.get(message.slice(0, beginning)) ?? []
    let next = 0
    for (const pattern of fromGap) {
      for (let other = alike[next]; other && other.size >= pattern.size; other = alike[++next]) yield other
      yield pattern
    }
    yield* alike.slice(next)
  }

  /** A message that is one sentence. */
  function whole(message: string, depth: number): string | undefined {
    const text = exact.get(message)
    if (text !== undefined || depth > deepest) return text
    for (const pattern of candidates(message)) {
      const values = valuesIn(pattern, message)
      if (values) return filled(pattern.text, values, (value) => say(value, depth + 1) ?? value)
    }
    // Some sentences have their full stop in the catalogue, others get one when another follows.
    return message.endsWith('.') ? withEnd(whole(message.slice(0, -1), depth)) : undefined
  }

  /** A sentence whose subject is the name of a field: `topic is missing`. */
  function ofField(message: string, depth: number): string | undefined {
    const blank = message.indexOf(' ')
    const said =
      blank > 0 && /^\p{Ll}/u.test(message.slice(blank + 1)) ? whole(message.slice(blank + 1), depth) : undefined
    return said === undefined ? undefined : message.slice(0, blank + 1) + said
  }

  function say(message: string, depth: number): string | undefined {
    const start = message.length - message.replace(leading, '').length
    const core = message.slice(start).trimEnd()
    if (core === '') return undefined
    const text = whole(core, depth) ?? (depth > deepest ? undefined : oneByOne(core, depth))
    return text === undefined ? undefined : message.slice(0, start) + text + message.slice(start + core.length)
  }

  /** Several sentences, or a list: from left to right the longest that is known. */
  function oneByOne(message: string, depth: number): string | undefined {
    const cuts = [...message.matchAll(between)].map(({ index, 0: cut }) => ({ from: index, to: index + cut.length }))
    if (cuts.length > longestList) return undefined
    const starts = [0, ...cuts.map(({ to }) => to)]
    const ends = [...cuts.map(({ from }) => from), message.length]
    let known = false
    let told = ''
    for (let at = 0; at < starts.length;) {
      let last = at
      let text: string | undefined
      for (let to = Math.min(starts.length - 1, at + mostPieces); to >= at && text === undefined; to--) {
        const piece = message.slice(starts[at], ends[to])
        if (piece === '' || piece === message) continue
        text = whole(piece, depth) ?? ofField(piece, depth)
        if (text !== undefined) last = to
      }
      if (text === undefined && starts.length === 1) text = ofField(message, depth)
      known ||= text !== undefined
      told +=
        (text ?? message.slice(starts[at], ends[last])) + message.slice(ends[last], starts[last + 1] ?? message.length)
      at = last + 1
    }
    return known ? told : undefined
  }

  return (message) => say(message, 0)
}

/** So many letters are compared before all of a pattern is. */
const beginning = 4
/** A sentence in a gap of a sentence in a gap; the hub goes no deeper. */
const deepest = 4
/** Pieces between two cuts that may be one sentence. */
const mostPieces = 8
const longestList = 200

const leading = /^[\s;,:·]+/
const between = /\n+|; |\. |: |, or: |, | · | \(|\)(?=$|[\s.;,:])/g

function patternOf(sentence: string, text: string): Pattern {
  const around = sentence.split(/\{\{\d+\}\}/)
  const gaps = [...sentence.matchAll(/\{\{(\d+)\}\}/g)].map(([, gap]) => Number(gap))
  const letters = around.join('').match(/\p{L}/gu)?.length ?? 0
  return { around, gaps, text, size: around.join('').length, weak: letters < 8 && sentence.startsWith('{{') }
}

/** What stands in the gaps of a message that fits, by their numbers. */
function valuesIn({ around, gaps, weak }: Pattern, message: string): Map<number, string> | undefined {
  const [first = '', last = ''] = [around[0], around.at(-1)]
  const end = message.length - last.length
  if (end < first.length || !message.startsWith(first) || !message.endsWith(last)) return undefined
  const values = new Map<number, string>()
  let from = first.length
  for (const [at, gap] of gaps.entries()) {
    const next = around[at + 1] ?? ''
    const to = at === gaps.length - 1 ? end : message.indexOf(next, from)
    if (to < from || to > end) return undefined
    const value = message.slice(from, to)
    if (weak && !/^\S*(?:, \S+)*$/.test(value)) return undefined
    values.set(gap, value)
    from = to + next.length
  }
  return values
}

const filled = (text: string, values: ReadonlyMap<number, string>, change: (value: string) => string): string =>
  text.replaceAll(/\{\{(\d+)\}\}/g, (_, gap: string) => change(values.get(Number(gap)) ?? ''))

const withEnd = (text: string | undefined): string | undefined => (text === undefined ? undefined : `${text}.`)
