import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { pagesOf } from './browser/console-pages.ts'

test('every page of the console has its pictures in the documents, and no picture is of a page that is gone', () => {
  const looks = ['desktop-light', 'desktop-dark', 'phone-light', 'phone-dark']
  const named = pagesOf({ meeting: 'mtg_1', zoom_app: 'zoa_1' }).flatMap(({ name }) =>
    looks.map((look) => `${name}-${look}.png`),
  )
  assert.deepEqual(readdirSync('docs/images/console').toSorted(), named.toSorted(), 'npm run screenshots makes them')
})
