import { merged } from '#simulator/merged.ts'
import { now } from '#simulator/clock.ts'
import { operatorOf, publish } from '#simulator/events.ts'
import { Refusal } from '#simulator/refusal.ts'
import { securitySettings, settingsOf } from '#simulator/user-settings.ts'
import { actor, noContent, ok, personOf, type ApiRoutes } from './call.ts'
import { sameKeys, sectionsOf } from './sections.ts'

/** https://developers.zoom.us/docs/api/users/#tag/users/get/users/{userId}/settings */
export const userSettingsRoutes: ApiRoutes = {
  'GET /users/{userId}/settings': (call) => {
    const person = personOf(call)
    return ok(securitySettings(call.query.get('option')) ?? settingsOf(person))
  },
  'PATCH /users/{userId}/settings': (call) => {
    const person = personOf(call)
    const changes = sectionsOf(call)
    const before = settingsOf(person)
    if (changes['feature']?.['webinar'] === true && person.type !== 2) {
      throw new Refusal({ http: 400, code: 1122, message: 'Only Pro or Corp user can enable Webinar feature.' })
    }
    person.settings = merged(person.settings, changes)
    publish(
      call.world,
      'user.settings_updated',
      { about: person.id },
      {
        ...operatorOf(actor(call)),
        time_stamp: now(call.world.clock),
        object: { id: person.id, settings: changes },
        old_object: { id: person.id, settings: sameKeys(before, changes) },
      },
    )
    return noContent
  },
}
