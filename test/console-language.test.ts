import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

const sources = globSync('web/console/**/*.{ts,tsx}').filter((file) => !file.endsWith('.d.ts'))

/** Every call of `t`, and the sentence in it; without one, what is not a sentence on its own cannot be translated. */
const calls = sources.flatMap((file) =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /(?<![\w.])t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\$]|\\.)*)`)?/g,
    ),
  ].map(([, ...quoted]) => ({ file, sentence: quoted.find((each) => each !== undefined)?.replaceAll(/\\(.)/g, '$1') })),
)
const sentences = new Set(calls.flatMap(({ sentence }) => sentence ?? []))
/** i18next's endings for how many: https://www.i18next.com/translation-function/plurals */
const plural = /_(zero|one|two|few|many|other)$/
const variables = (text: string): string[] => [...text.matchAll(/\{\{\w+\}\}|<\/?\w+>/g)].map(String).toSorted()

test('every text of the console is a whole sentence that can be looked up', () => {
  assert.ok(sentences.size > 300)
  assert.deepEqual(
    calls.filter(({ sentence }) => sentence === undefined).map(({ file }) => file),
    [],
  )
})

for (const file of globSync('web/console/languages/*.json')) {
  const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  test(`${file} has every text of the console, none that is gone, and the same values in each`, () => {
    const untranslated = file.endsWith('/en.json') ? [] : [...sentences].filter((sentence) => !(sentence in texts))
    assert.deepEqual(untranslated.toSorted(), [], 'to be translated')
    assert.deepEqual(
      Object.keys(texts).filter((sentence) => !sentences.has(sentence.replace(plural, ''))),
      [],
      'not used any more',
    )
    for (const [sentence, text] of Object.entries(texts))
      if (!plural.test(sentence))
        assert.deepEqual([...new Set(variables(text))], [...new Set(variables(sentence))], sentence)
  })
}
