import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Frame, Page } from 'playwright-core'

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/**
 * Fails where axe finds anything in a page or a frame of it. All rules of axe-core run, also its best practices; what stands in
 * frames is judged by itself (`frame.evaluate` passes a page's Content-Security-Policy, as its own scripts do not).
 */
export async function passesAxe(page: Page | Frame, what = page.url()): Promise<void> {
  // To hand it over takes longer than to run it.
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(axe)
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

/** How the console is looked at: on a desk and on a phone, by day and by night. */
const looks = [
  { width: 320, height: 740, colorScheme: 'light' },
  { width: 320, height: 740, colorScheme: 'dark' },
  { width: 1440, height: 900, colorScheme: 'dark' },
  { width: 1440, height: 900, colorScheme: 'light' },
] as const

/** In the page: it is drawn anew, and what moves because of that has come to rest. */
const atRest = `(async () => {
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  await drawn()
  const moving = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().iterations !== Infinity)
  await Promise.allSettled(moving.map(({ finished }) => finished))
  await drawn()
})()`

/** A page that is sound in every look, as somebody sees it who makes the window small or whose system goes dark. */
export async function looksSoundAnywhere(page: Page, what = page.url()): Promise<void> {
  for (const { colorScheme, ...size } of looks) {
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme })
    await page.evaluate(atRest)
    await looksSound(page, `${what}, ${colorScheme}, ${size.width} px`)
  }
}

/** Fails where a page can be scrolled sideways in a window of one of these widths. */
export async function fitsWidths(page: Page, widths: readonly number[], what = page.url()): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    await page.evaluate(atRest)
    await fitsWidth(page, `${what}, ${width} px,`)
  }
}
