import { now } from '#simulator/clock.ts'
import { operatorOf, publish } from '#simulator/events.ts'
import { invalidFields, Refusal } from '#simulator/refusal.ts'
import { meetingSecurity, settingsOf } from '#simulator/user-settings.ts'
import { actor, noContent, ok, personOf, type ApiCall, type ApiRoutes } from './call.ts'

type Sections = Record<string, Record<string, unknown>>

/** https://developers.zoom.us/docs/api/users/#tag/users/get/users/{userId}/settings */
export const userSettingsRoutes: ApiRoutes = {
  'GET /users/{userId}/settings': (call) => {
    const person = personOf(call)
    return ok(
      call.query.get('option') === 'meeting_security' ? { meeting_security: meetingSecurity } : settingsOf(person),
    )
  },
  'PATCH /users/{userId}/settings': (call) => {
    const person = personOf(call)
    const changes = sectionsOf(call)
    const before = settingsOf(person)
    if (changes['feature']?.['webinar'] === true && person.type !== 2) {
      throw new Refusal({ http: 400, code: 1122, message: 'Only Pro or Corp user can enable Webinar feature.' })
    }
    for (const [name, section] of Object.entries(changes))
      person.settings[name] = { ...person.settings[name], ...section }
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

function sectionsOf({ body }: ApiCall): Sections {
  const wrong = Object.entries(body).filter(([, section]) => typeof section !== 'object' || section === null)
  if (wrong.length > 0) throw invalidFields(wrong.map(([name]) => name))
  return body as Sections
}

/** What stood before where something was changed. */
const sameKeys = (before: Sections, changes: Sections): Sections =>
  Object.fromEntries(
    Object.entries(changes).map(([name, section]) => [
      name,
      Object.fromEntries(Object.keys(section).map((key) => [key, before[name]?.[key]])),
    ]),
  )
