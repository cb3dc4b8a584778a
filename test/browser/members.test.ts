import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { consoleWorld } from './console-world.ts'
import { passesAxe } from './sound.ts'

const { w, browser, consoleUrl, link } = await consoleWorld({ after })

const complaints: string[] = []
const somebody = async (): Promise<Page> => {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load')) complaints.push(message.text())
  })
  return page
}
const owner = await somebody()
await owner.goto(link.url)
await owner.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
const grace = await somebody()
const password = 'a long enough password'

test('somebody is invited by a link, makes an account and sees what the role allows', async () => {
  await owner.getByRole('link', { name: 'Members' }).click()
  await owner.getByRole('button', { name: 'Invite somebody' }).click()
  const dialog = owner.getByRole('dialog', { name: 'Invite somebody' })
  await dialog.getByLabel('E-mail').fill('grace@school.example')
  await dialog.getByLabel('Role').selectOption('operator')
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const url = await dialog.getByRole('textbox', { name: 'Link for grace@school.example' }).inputValue()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await dialog.waitFor({ state: 'detached' })
  await owner.getByRole('table', { name: 'Invited' }).getByText('grace@school.example').waitFor()
  await passesAxe(owner)

  await grace.goto(url)
  await grace.getByText('To the workspace School, as Operator.').waitFor()
  await passesAxe(grace)
  await grace.getByLabel('Your name').fill('Grace')
  await grace.getByLabel('New password').fill(password)
  await grace.getByRole('button', { name: 'Accept' }).click()
  await grace.getByRole('heading', { name: 'Home', level: 1 }).waitFor()

  const again = await somebody()
  await again.goto(url)
  await again.getByText(/was accepted, taken back, or is older than a week/).waitFor()
})

/** RFC 6238, from the key in base 32. */
function totp(secret: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(secret)
    .map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const mac = createHmac('sha1', key).update(step).digest()
  return String((mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0')
}

test('a second factor is set up by an app’s code, and asked for at the next sign-in', async () => {
  await grace.goto(`${consoleUrl}/settings/account`)
  const panel = grace.getByRole('region', { name: 'Second factor' })
  await panel.getByLabel('Your password').fill(password)
  await panel.getByRole('button', { name: 'Set it up' }).click()
  const image = panel.getByRole('img', { name: 'QR code with the key' })
  await image.waitFor()
  const width = await grace.evaluate<number>("document.querySelector('img[alt*=QR]').naturalWidth")
  assert.ok(width > 0, 'the picture is there, and the policy of the page allows it')
  const secret = await panel.getByRole('textbox', { name: 'Or enter this key' }).inputValue()
  await passesAxe(grace)
  await panel.getByLabel('Code').fill(totp(secret))
  await panel.getByRole('button', { name: 'Switch it on' }).click()
  await panel.getByText('Keep these codes: they are not shown again').waitFor()
  const [code = ''] = (await panel.locator('pre').innerText()).split('\n')

  await grace.getByRole('button', { name: 'Sign out' }).click()
  const signIn = async () => {
    await grace.getByLabel('E-mail').fill('grace@school.example')
    await grace.getByLabel('Password', { exact: true }).fill(password)
    await grace.getByRole('button', { name: 'Sign in', exact: true }).click()
  }
  await signIn()
  await grace.getByLabel('Code of your authenticator app').fill('000000')
  await grace.getByRole('button', { name: 'Sign in', exact: true }).click()
  await grace.getByText('This code is not the right one, or too old').waitFor()
  await grace.getByRole('button', { name: 'I do not have the app' }).click()
  await grace.getByLabel('One of your kept codes').fill(code)
  await grace.getByRole('button', { name: 'Sign in', exact: true }).click()
  await grace.getByRole('button', { name: 'Sign out' }).waitFor()
})

test('a viewer finds nothing in the menu that is refused, and reads elsewhere for whom it is', async (t) => {
  const { items } = (await w.api<{ items: { id: string; email: string }[] }>('GET', '/members')).body
  const path = `/members/${items.find(({ email }) => email === 'grace@school.example')?.id}`
  await w.api('PATCH', path, { role: 'viewer' })
  t.after(() => w.api('PATCH', path, { role: 'operator' }))
  const refused: string[] = []
  grace.on('response', (answer) => {
    if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`)
  })
  const isQuiet = async () => {
    await grace.locator('[role=status][aria-label=Loading]').first().waitFor({ state: 'detached' })
    assert.equal(await grace.getByRole('alert').count(), 0, grace.url())
  }
  await grace.goto(consoleUrl)
  await grace.getByText('Viewer', { exact: true }).waitFor()
  const names = await grace.getByRole('navigation', { name: 'Main' }).getByRole('listitem').allInnerTexts()
  assert.ok(names.includes('Jobs') && names.length > 10, names.join())
  for (const name of names) {
    await grace.getByRole('listitem').getByRole('link', { name, exact: true }).first().click()
    await grace.getByRole('heading', { name, level: 1, exact: true }).waitFor()
    await isQuiet()
  }
  for (const [address, title] of [
    ['members', 'Members'],
    ['api-keys', 'API keys'],
    ['audit', 'Audit log'],
    ['zoom-apps/connect', 'Connect Zoom'],
  ] as const) {
    assert.ok(!names.includes(title))
    await grace.goto(`${consoleUrl}/settings/${address}`)
    await grace.getByText('This is for admins and owners of the workspace').waitFor()
    await grace.getByRole('heading', { name: title, level: 1 }).waitFor()
    assert.equal(await grace.getByRole('link', { name: 'CSV' }).count(), 0)
    await isQuiet()
  }
  await passesAxe(grace)
  assert.deepEqual(refused, [])
})

test('an owner sees the second factor, gives another role, and removes', async () => {
  await owner.reload()
  const row = owner.getByRole('row', { name: /^Grace/ })
  await row.getByText('On', { exact: true }).waitFor()
  await row.getByRole('button', { name: 'Change Grace' }).click()
  await owner.getByRole('menuitem', { name: 'Another role' }).click()
  const dialog = owner.getByRole('dialog', { name: 'Role of Grace' })
  await dialog.getByLabel('Role').selectOption('viewer')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await row.getByText('Viewer', { exact: true }).waitFor()
  await row.getByRole('button', { name: 'Change Grace' }).click()
  await owner.getByRole('menuitem', { name: 'Remove' }).click()
  await owner.getByRole('dialog', { name: 'Remove Grace?' }).getByRole('button', { name: 'Remove' }).click()
  await row.waitFor({ state: 'detached' })
  await grace.reload()
  await grace.getByRole('heading', { name: 'Sign in to Greenroom' }).waitFor()
})

test('the only owner cannot be taken out, and is told why', async () => {
  await owner.getByRole('button', { name: 'Change Owner' }).click()
  await owner.getByRole('menuitem', { name: 'Remove' }).click()
  const question = owner.getByRole('dialog', { name: 'Remove Owner?' })
  await question.getByRole('button', { name: 'Remove' }).click()
  await question.getByText(/This is the only owner of the workspace/).waitFor()
  assert.deepEqual(complaints, [])
})
