import type { Incoming, Reply } from '#simulator/http.ts'
import { findPerson } from '#simulator/people.ts'
import type { World } from '#simulator/state.ts'
import { allow, ConsentRefused, decline, readConsent, type Consent } from './consent.ts'
import { consentPage, refusalPage } from './pages.ts'

/** Answers what a browser asks under /oauth; nothing comes back for what a program asks. Nobody is refused by a redirect. */
export function answerConsent(world: World, incoming: Incoming): Reply | undefined {
  const route = routes[`${incoming.method} ${incoming.path}`]
  if (!route) return
  try {
    return route(world, incoming)
  } catch (error) {
    if (error instanceof ConsentRefused) return refusalPage(error)
    throw error
  }
}

const routes: Record<string, (world: World, incoming: Incoming) => Reply> = {
  'GET /oauth/authorize': (world, { query }) => {
    const asked = Object.fromEntries(query)
    return consentPage(world, readConsent(world, asked), asked)
  },
  'POST /oauth/authorize': (world, { body }) => {
    const { decision, user = '', ...asked } = Object.fromEntries(new URLSearchParams(body.toString()))
    return redirect(decide(world, readConsent(world, asked), decision, user))
  },
  /** What the button on an app's page in the Marketplace does: consent that the app itself has not begun, so without a state. */
  'GET /oauth/install': (world, { query }) => {
    const client_id = query.get('client_id') ?? ''
    const redirect_uri = query.get('redirect_uri') ?? world.apps.get(client_id)?.redirect_uris[0] ?? ''
    const asked = new URLSearchParams({ response_type: 'code', client_id, redirect_uri }).toString()
    return redirect(`/oauth/authorize?${asked}`)
  },
}

function decide(world: World, consent: Consent, decision: string | undefined, user: string): string {
  if (decision !== 'allow') return decline(consent)
  const person = findPerson(world, user)
  if (!person) throw new ConsentRefused('not_active')
  return allow(world, consent, person)
}

const redirect = (location: string): Reply => ({ status: 302, headers: { location, 'cache-control': 'no-store' } })
