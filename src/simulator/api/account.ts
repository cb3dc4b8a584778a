import { now } from '#simulator/clock.ts'
import { merged } from '#simulator/merged.ts'
import { operatorOf, publish } from '#simulator/events.ts'
import { ownerOf } from '#simulator/people.ts'
import { Refusal } from '#simulator/refusal.ts'
import type { Sections, World } from '#simulator/state.ts'
import { securitySettings, settingsOf } from '#simulator/user-settings.ts'
import { actor, noContent, ok, param, type ApiCall, type ApiRoutes } from './call.ts'
import { sameKeys, sectionsOf } from './sections.ts'

/** https://developers.zoom.us/docs/api/accounts/ */
export const accountRoutes: ApiRoutes = {
  'GET /accounts/{accountId}/settings': (call) => {
    checkAccount(call)
    return ok(securitySettings(call.query.get('option')) ?? accountSettings(call.world))
  },
  'PATCH /accounts/{accountId}/settings': (call) => {
    checkAccount(call)
    const changes = sectionsOf(call)
    publishChange(call, 'account.settings_updated', accountSettings(call.world), changes)
    call.world.account.settings = merged(call.world.account.settings, changes)
    return noContent
  },
  'GET /accounts/{accountId}/lock_settings': (call) => {
    checkAccount(call)
    return ok(call.world.account.lock_settings)
  },
  'PATCH /accounts/{accountId}/lock_settings': (call) => {
    checkAccount(call)
    const changes = sectionsOf(call)
    publishChange(call, 'account.lock_settings_updated', call.world.account.lock_settings, changes)
    call.world.account.lock_settings = merged(call.world.account.lock_settings, changes)
    return noContent
  },
  'GET /accounts/{accountId}/managed_domains': (call) => {
    checkAccount(call)
    const domains = call.world.account.domains.map((domain) => ({ domain, status: 'verified' }))
    return ok({ domains, total_records: domains.length })
  },
  'GET /accounts/{accountId}/trusted_domains': (call) => {
    checkAccount(call)
    return ok({ trusted_domains: call.world.account.domains })
  },
  'GET /accounts/{accountId}/plans/usage': (call) => {
    checkAccount(call)
    const { licensed_seats, plan } = call.world.settings
    const people = [...call.world.people.values()]
    const usage = people.filter(({ type, status }) => type === 2 && status !== 'inactive').length
    const pending = people.filter(({ status }) => status === 'pending').length
    return ok({
      plan_base: { type: plans[plan], hosts: licensed_seats, usage, pending },
      plan_large_meeting: [],
      plan_webinar: [],
    })
  },
}

const plans = { free: 'free', pro: 'monthly', business: 'yearly' }

/** `me` is the account of the token; there is no other. @throws Refusal 2001 for any other id. */
export function checkAccount(call: ApiCall): void {
  const id = param(call, 'accountId')
  if (id === 'me' || id === call.world.account.id) return
  throw new Refusal({ http: 404, code: 2001, message: `Account does not exist: ${id}.` })
}

const accountSettings = (world: World): Sections => {
  const { feature: _ofUsers, ...sections } = settingsOf({ ...ownerOf(world), settings: world.account.settings })
  return sections
}

type Change = 'account.settings_updated' | 'account.lock_settings_updated'

function publishChange(call: ApiCall, event: Change, before: Sections, changes: Sections): void {
  const { world } = call
  const { id } = world.account
  publish(
    world,
    event,
    { about: ownerOf(world).id },
    {
      ...operatorOf(actor(call)),
      time_stamp: now(world.clock),
      object: { id, settings: changes },
      old_object: { id, settings: sameKeys(before, changes) },
    },
  )
}
