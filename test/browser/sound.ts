import assert from 'node:assert/strict'
import axe from 'axe-core'
import type { Frame, Page } from 'playwright-core'

/**
 * Fails where axe finds anything in a page or a frame of it. All rules of axe-core run, also its best practices; what stands in
 * frames is judged by itself (`frame.evaluate` passes a page's Content-Security-Policy, as its own scripts do not).
 */
export async function passesAxe(page: Page | Frame, what = page.url()): Promise<void> {
  await page.evaluate(axe.source)
  const found = await page.evaluate<string[]>(
    `axe.run({ iframes: false, resultTypes: ['violations'] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`,
  )
  assert.deepEqual(found, [], what)
}

/** Fails where a page can be scrolled sideways. */
export async function fitsWidth(page: Page | Frame, what = page.url()): Promise<void> {
  const over = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
  assert.equal(await page.evaluate(over), 0, `${what} is too wide`)
}

/** A page that axe finds nothing in, and that fits its window. */
export async function looksSound(page: Page, what = page.url()): Promise<void> {
  await passesAxe(page, what)
  await fitsWidth(page, what)
}
