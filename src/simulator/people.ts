import { publishUserEvent } from './user-events.ts'
import type { Person, World } from './state.ts'

/** The account's owner: whom a server-to-server app acts as. */
export function ownerOf(world: World): Person {
  const owner = [...world.people.values()].find(({ role }) => role === 'owner')
  if (!owner) throw new Error('the account has no owner')
  return owner
}

/** A user by id or e-mail. */
export function findPerson(world: World, idOrEmail: string): Person | undefined {
  const email = idOrEmail.toLowerCase()
  return (
    world.people.get(idOrEmail) ?? [...world.people.values()].find((person) => person.email.toLowerCase() === email)
  )
}

/** Whether one more user may become Licensed. */
export function hasSeat(world: World): boolean {
  const taken = [...world.people.values()].filter(({ type, status }) => type === 2 && status !== 'inactive')
  return taken.length < world.settings.licensed_seats
}

/** Takes a user out of the account, with the meetings (unless somebody inherits them) and what apps were allowed to do. */
export function removePerson(
  world: World,
  person: Person,
  {
    event,
    operator,
    heir,
  }: { event: 'user.deleted' | 'user.disassociated'; operator: Person; heir?: Person | undefined },
): void {
  world.people.delete(person.id)
  world.former.set(person.id, event)
  for (const meeting of world.meetings.values()) {
    if (meeting.host_id !== person.id) continue
    if (heir) meeting.host_id = heir.id
    else meeting.deleted = true
  }
  for (const { token, user_id } of world.access_tokens.values()) {
    if (user_id === person.id) world.access_tokens.delete(token)
  }
  publishUserEvent(world, event, person, operator)
}

/** Whether the user has the webinar add-on. */
export const hasWebinars = ({ settings }: Person): boolean => settings['feature']?.['webinar'] === true
