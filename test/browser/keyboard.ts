import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'

/** Presses Tab until the keyboard is at an element, which shows that it is, as somebody does who has no mouse. */
export async function tabTo(page: Page, target: Locator, most = 120): Promise<void> {
  await target.waitFor()
  const reached = target.and(page.locator(':focus-visible'))
  for (let pressed = 0; pressed < most; pressed++) {
    if ((await reached.count()) > 0) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`Tab does not come to ${String(target)}`)
}

/** Goes to an element by Tab and presses it. */
export async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press(key)
}

/** Goes to a field by Tab and types there. */
export async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.type(text)
}

/**
 * In the page: what can be pressed, chosen or filled in is noted, and from now on what the keyboard comes to. Of radio buttons, and of
 * tabs, the keyboard comes to one, and the arrows go on from there: they count as one. So do the arrows beside a number.
 */
const watch = `(() => {
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && element.getClientRects().length > 0
  const groupOf = (element) =>
    element.matches('input[type=radio]') ? 'radio ' + element.name
    : element.matches('[role=tab]') ? element.closest('[role=tablist]')
    : element.closest('.mantine-NumberInput-root') ?? element
  const made = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [role=switch], [role=checkbox], [contenteditable=true]'
  const root = [...document.querySelectorAll('[role=dialog]')].findLast(shown) ?? document
  const able = [...root.querySelectorAll(made)].filter(
    (element) => shown(element) && !element.matches(':disabled') && !element.closest('[inert]'))
  const pointed = [...root.querySelectorAll('*')].filter(
    (element) => getComputedStyle(element).cursor === 'pointer' && shown(element) &&
      getComputedStyle(element.parentElement).cursor !== 'pointer' &&
      !element.closest(made) && !element.closest('label') && !element.querySelector(made))
  const left = new Map([...able, ...pointed].map((element) => [groupOf(element), element]))
  document.addEventListener('focusin', ({ target }) => left.delete(groupOf(target)))
  left.delete(groupOf(document.activeElement))
  window.unreached = left
  return able.length
})()`

/** What Tab does not come to, by the beginning of its HTML; where a dialog is open, in that alone. */
export async function unreachable(page: Page): Promise<string[]> {
  const many = await page.evaluate<number>(watch)
  for (let pressed = 0; pressed < many + 10; pressed++) await page.keyboard.press('Tab')
  return page.evaluate<string[]>(`[...unreached.values()].map((element) => element.outerHTML.slice(0, 160))`)
}
