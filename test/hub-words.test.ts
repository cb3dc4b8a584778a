import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { sentencesIn } from '../scripts/hub-sentences.ts'
import { sentencesOf } from '../web/console/sentences.ts'

const languages = '../web/console/languages/hub/'
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(languages + name, import.meta.url), 'utf8'))
const sentences = read('sentences.json') as string[]
const german = read('de.json') as Record<string, string>
const inGerman = sentencesOf(german)

const gaps = (text: string): string[] => [...new Set([...text.matchAll(/\{\{\d+\}\}/g)].map(String))].toSorted()

for (const file of globSync('web/console/languages/hub/*.json').filter((each) => !each.endsWith('/sentences.json'))) {
  const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  test(`${file} has every sentence of the hub, none that is gone, and what is filled in in each`, () => {
    assert.ok(sentences.length > 700)
    assert.deepEqual(
      sentences.filter((sentence) => !texts[sentence]),
      [],
      'to be translated',
    )
    assert.deepEqual(
      Object.keys(texts).filter((sentence) => !sentences.includes(sentence)),
      [],
      'not said any more',
    )
    for (const [sentence, text] of Object.entries(texts)) assert.deepEqual(gaps(text), gaps(sentence), sentence)
  })
}

const said: [what: string, english: string, expected: string][] = [
  ['a sentence', 'No Zoom app is connected', 'Es ist keine Zoom-App verbunden'],
  ['a value in it', 'There is no meeting mtg_1', 'Es gibt kein Meeting mtg_1'],
  [
    'a name with blanks',
    'The Zoom app School of Music is in this workspace already',
    'Die Zoom-App School of Music ist schon in diesem Arbeitsbereich',
  ],
  ['the order of the values', 'must be meeting for a webinar', 'muss für ein Webinar Meeting sein'],
  [
    'a refusal that counts',
    'No Zoom licence is free: of 5, 3 in a meeting, 1 lent just now, 1 protected. Choose another time or another host, or ask an administrator, who sees the licences under “People”',
    'Keine Zoom-Lizenz ist frei: von 5 sind 3 in einem Meeting, 1 gerade erst verliehen, 1 geschützt. Wählen Sie eine andere Zeit oder einen anderen Host, oder fragen Sie einen Administrator, der die Lizenzen unter „Personen“ sieht',
  ],
  [
    'a list in a sentence',
    'The app may not plan meetings; find recordings',
    'Die App darf nicht: Meetings planen; Aufzeichnungen finden',
  ],
  [
    'one sentence after another, with a code between',
    'https://hub.example does not answer this machine (ECONNREFUSED). Zoom reached it at 2031-01-01T00:00:00.000Z',
    'https://hub.example antwortet diesem Rechner nicht (ECONNREFUSED). Zoom hat sie um 2031-01-01T00:00:00.000Z erreicht',
  ],
  [
    'sentences in a sentence',
    'Zoom asks us to wait: You have reached the maximum per-second rate limit for this API. Try again later.',
    'Zoom bittet zu warten: You have reached the maximum per-second rate limit for this API. Versuchen Sie es später noch einmal.',
  ],
  [
    'what lacks by Zoom’s word',
    'No licence of the Zoom account is free. An administrator takes one from somebody else or buys more under “Account Management”, “Billing”. Zoom says: Not enough seats',
    'Keine Lizenz des Zoom-Kontos ist frei. Ein Administrator nimmt jemandem eine weg oder kauft welche dazu, unter „Account Management“, „Billing“. Zoom sagt: Not enough seats',
  ],
  [
    'fields and what is wrong with each',
    'topic is missing; settings.foo is not known here',
    'topic fehlt; settings.foo ist hier nicht bekannt',
  ],
  ['what zod finds', 'is not valid: Invalid email address', 'ist nicht gültig: keine gültige E-Mail-Adresse'],
  [
    'a passcode that is too weak',
    'needs at least 8 characters, a letter, a digit',
    'braucht mindestens 8 Zeichen, einen Buchstaben, eine Ziffer',
  ],
  ['a row of an import', 'This row asks for the same as line 3', 'Diese Zeile verlangt dasselbe wie Zeile 3'],
  ['an app’s step', 'The app may not see who comes and goes', 'Die App darf nicht: sehen, wer kommt und geht'],
  [
    'an end that is only sometimes there',
    'https://a.example takes messages; 3 messages of the last three days were given up',
    'https://a.example nimmt Nachrichten an; 3 Nachrichten der letzten drei Tage wurden aufgegeben',
  ],
]
for (const [what, english, expected] of said)
  test(`in German: ${what}`, () => assert.equal(inGerman(english), expected))

test('what Zoom or a person says stays as it is', () => {
  for (const others of [
    'Meeting does not exist: 123.',
    'Weekly sync of the owners',
    'Come at 5 minutes past',
    'ada@school.example',
    '3001',
    '⟦Topic⟧',
    '',
    ' ',
    '; ',
  ])
    assert.equal(inGerman(others), undefined, others)
})

test('what Zoom says in a sentence of the hub stays as it is in the German one', () => {
  assert.equal(
    inGerman('Zoom refused this: Validation Failed. topic: too long'),
    'Zoom lehnte das ab: Validation Failed. topic: too long',
  )
})

test('no value breaks a sentence, and none is lost', () => {
  const value = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll(/[<>]/g, ''))
  const marked = sentencesOf(Object.fromEntries(sentences.map((sentence) => [sentence, `<${sentence}>`])))
  fc.assert(
    fc.property(fc.constantFrom(...sentences), fc.array(value, { minLength: 8, maxLength: 8 }), (sentence, values) => {
      const message = sentence.replaceAll(/\{\{(\d+)\}\}/g, (_, gap: string) => values[Number(gap)] ?? '')
      const told = marked(message)
      assert.equal((told ?? message).replaceAll(/[<>]/g, ''), message.replaceAll(/[<>]/g, ''))
    }),
    { numRuns: 500 },
  )
})

test('a sentence with a plain name in each gap is found whole', () => {
  const marked = sentencesOf(Object.fromEntries(sentences.map((sentence) => [sentence, `<${sentence}>`])))
  for (const sentence of sentences) {
    const message = sentence.replaceAll(/\{\{(\d+)\}\}/g, 'Nr$1')
    assert.ok(marked(message)?.startsWith('<'), sentence)
  }
})

test('whatever is said, it is told without an error and without a change of what is not known', () => {
  const known = sentencesOf(Object.fromEntries(sentences.map((sentence) => [sentence, sentence])))
  const pieces = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...sentences, '; ', '. ', ': ', ', ', ' (', ')', '\n', '{{0}}', '$&', '__proto__', 'constructor'),
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const message = parts.join('')
      assert.equal(known(message) ?? message, message)
    }),
    { numRuns: 100 },
  )
})

test('a very long message costs no time worth speaking of', () => {
  const began = performance.now()
  inGerman('; is not known, '.repeat(20_000))
  inGerman(`${'https://a.example '.repeat(20_000)}takes messages`)
  assert.ok(performance.now() - began < 2000)
})

const sources: [what: string, source: string, expected: string[]][] = [
  [
    'the words of an error',
    'throw new ConflictError(`There is no place ${id} here`)',
    ['There is no place {{0}} here'],
  ],
  [
    'each way of a condition, as a whole sentence',
    'const message = `It is ${late ? "too late" : "too early"} for ${name}`',
    ['It is too late for {{0}}', 'It is too early for {{0}}'],
  ],
  [
    'what stands side by side',
    'f("The port is taken, " + `choose one above ${port}`)',
    ['The port is taken, choose one above {{0}}'],
  ],
  ['two values without a word between them as one', 'f(`Look here: ${a}${b}`)', ['Look here: {{0}}']],
  [
    'what is filled into a text',
    'f(`Nothing came: ${reason ?? "no reason was given"}`)',
    ['Nothing came: {{0}}', 'no reason was given'],
  ],
  ['a single word where it is a name that is shown', 'const row = { words: "Topic", id: "topic" }', ['Topic']],
  [
    'nothing of documentation, logs and SQL',
    'x.describe("How many of them"); hub.log.warn("it went wrong"); sql`select a from b`',
    [],
  ],
  ['nothing of types', 'type Of = "one of these" | "or of those"', []],
]
for (const [what, source, expected] of sources)
  test(`the catalogue has ${what}`, () => assert.deepEqual(sentencesIn(source), expected))
