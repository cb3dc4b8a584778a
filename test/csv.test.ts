import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csv } from '#core/csv.ts'

test('a table has one line per row, each ended by CRLF', () => {
  const rows = [
    ['Ada', 5],
    ['Grace', null],
  ]
  assert.equal(csv(['name', 'minutes'], rows), 'name,minutes\r\nAda,5\r\nGrace,\r\n')
})

test('cells with commas, quotes or line breaks are quoted', () => {
  assert.equal(
    csv(['a', 'b', 'c'], [['x,y', 'say "hi"', 'two\nlines']]),
    'a,b,c\r\n"x,y","say ""hi""","two\nlines"\r\n',
  )
})

for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=x']) {
  test(`${JSON.stringify(text)} is kept from being a formula`, () => {
    assert.match(csv(['x'], [[text]]), /^x\r\n"?'/)
  })
}

test('a number may be negative', () => {
  assert.equal(csv(['x'], [[-1]]), 'x\r\n-1\r\n')
})
