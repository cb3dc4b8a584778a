import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openIssuer } from '../oidc-issuer.ts'
import { consoleWorld } from './console-world.ts'
import { passesAxe } from './sound.ts'

const issuer = await openIssuer()
after(() => issuer.close())
const { w, browser, publicUrl, consoleUrl } = await consoleWorld(
  { after },
  { connected: false, settings: issuer.settings },
)
issuer.open(publicUrl)

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
const home = (page: Page) => page.getByRole('heading', { name: 'Home', level: 1 })

async function atTheProvider(page: Page, login: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in with School account' }).click()
  await page.getByLabel('Login at the school').fill(login)
  await page.getByRole('button', { name: 'Continue' }).click()
}

test('who is invited comes in by the organisation’s own sign-in, and who is not is told whom to ask', async () => {
  issuer.people.set('grace', { email: 'grace@school.example', email_verified: true, name: 'Grace' })
  issuer.people.set('alan', { email: 'alan@school.example', email_verified: false, name: 'Alan' })
  const grace = await somebody()
  await grace.goto(`${consoleUrl}/`)
  await grace.getByRole('button', { name: 'Sign in with School account' }).waitFor()
  await passesAxe(grace)
  await atTheProvider(grace, 'grace')
  await grace
    .getByText(
      'School account knows you, but you are not a member here. Ask an administrator of Greenroom to invite your e-mail',
    )
    .waitFor()
  await passesAxe(grace)

  const { body } = await w.api<{ url: string }>('POST', '/invitations', {
    email: 'grace@school.example',
    role: 'operator',
  })
  const invited = await somebody()
  await invited.goto(body.url)
  await invited.getByText('To the workspace School, as Operator.').waitFor()
  await atTheProvider(invited, 'grace')
  await home(invited).waitFor()
  await invited.goto(`${consoleUrl}/settings/account`)
  await invited.getByText('grace@school.example').first().waitFor()

  const alan = await somebody()
  await alan.goto(`${consoleUrl}/`)
  await atTheProvider(alan, 'alan')
  await alan.getByText(/School account has not verified your e-mail/).waitFor()

  const nobody = await somebody()
  await nobody.goto(`${consoleUrl}/`)
  await atTheProvider(nobody, 'nobody')
  await nobody.getByText('The sign-in was ended at School account. Begin again').waitFor()
})

/** A device of the browser's own that keeps passkeys: https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/ */
async function withAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  })
}

test('a passkey is added with a name, signs in without a password, and signs in no more once it is removed', async () => {
  const page = await somebody()
  await withAuthenticator(page)
  const { url } = await w.server.signIn.printOwnerLink()
  await page.goto(url)
  await home(page).waitFor()
  await page.goto(`${consoleUrl}/settings/account`)
  const panel = page.getByRole('region', { name: 'Passkeys' })
  await panel.getByLabel('Name of the passkey').fill('Laptop')
  await panel.getByRole('button', { name: 'Add a passkey' }).click()
  await panel.getByRole('row', { name: /^Laptop/ }).waitFor()
  await passesAxe(page)
  await panel.getByLabel('Name of the passkey').fill('Laptop again')
  await panel.getByRole('button', { name: 'Add a passkey' }).click()
  await panel.getByText('This device has a passkey for you already').waitFor()

  const signInByIt = async () => {
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  }
  await signInByIt()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()

  await page.goto(`${consoleUrl}/settings/account`)
  await panel.getByRole('button', { name: 'Remove Laptop' }).click()
  const question = page.getByRole('dialog', { name: 'Remove Laptop?' })
  await question.getByRole('button', { name: 'Remove' }).click()
  await panel.getByRole('row', { name: /^Laptop/ }).waitFor({ state: 'detached' })
  await signInByIt()
  await page.getByText('This passkey is not known here').waitFor()
  await passesAxe(page)
})

test('a passkey whose device was not unlocked signs nobody in', async () => {
  const page = await somebody()
  await withAuthenticator(page)
  const { url } = await w.server.signIn.printOwnerLink()
  await page.goto(url)
  await page.goto(`${consoleUrl}/settings/account`)
  const panel = page.getByRole('region', { name: 'Passkeys' })
  await panel.getByLabel('Name of the passkey').fill('Key')
  await panel.getByRole('button', { name: 'Add a passkey' }).click()
  await panel.getByRole('row', { name: /^Key/ }).waitFor()
  // A browser that was told not to ask.
  await page.route('**/passkey/generate-authenticate-options', async (route) => {
    const answer = await route.fetch()
    const options = (await answer.json()) as object
    await route.fulfill({ response: answer, json: { ...options, userVerification: 'discouraged' } })
  })
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByText(/This passkey was used without a PIN, a finger or a face/).waitFor()
  assert.deepEqual(complaints, [])
})
