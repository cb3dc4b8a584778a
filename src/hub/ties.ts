import { ConflictError, InputError, NotFoundError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { sessionsOfPersons } from '#store/attendance.ts'
import { insertAudit } from '#store/audit.ts'
import type { Trx } from '#store/db.ts'
import * as rows from '#store/people.ts'
import { emit } from './hub-events.ts'
import type { Actor, Hub } from './hub.ts'
import { personsById } from './persons.ts'
import type { Person, Tie } from './resources.ts'

/**
 * Two persons are one: what ties the one, and what was assigned to it, goes to the other, and whoever counts attendance hears of it.
 * @throws NotFoundError, InputError for the same person twice.
 */
export async function mergePersons(hub: Hub, actor: Actor, id: string, into: string): Promise<Person> {
  const { workspace_id, name } = actor
  return hub.db.transaction().execute(async (trx) => {
    await rows.lockPeople(trx, workspace_id)
    await mustBeThere(trx, workspace_id, id)
    await mustBeThere(trx, workspace_id, into)
    if (id === into) throw new InputError('This is the same person', [{ field: 'into', message: 'must be another' }])
    await tellOfAttendance(hub, trx, workspace_id, [id, into])
    await rows.mergePersons(trx, workspace_id, id, into)
    await emit(hub, trx, workspace_id, 'api', [{ type: 'person.changed', payload: { person_id: into, merged: [id] } }])
    const detail = { into }
    await insertAudit(trx, { workspace_id, actor: name, action: 'person.merged', object_id: id, detail })
    return only(await personsById({ ...hub, db: trx }, workspace_id, [into]))
  })
}

/**
 * One of the ties of a person is somebody else: a person of its own, who stays that though the same e-mail comes again.
 * @throws NotFoundError, ConflictError for the only tie that there is.
 */
export async function untie(
  hub: Hub,
  actor: Actor,
  id: string,
  { source, source_id }: Tie,
): Promise<{ person: Person; untied: Person }> {
  const { workspace_id, name } = actor
  return hub.db.transaction().execute(async (trx) => {
    await rows.lockPeople(trx, workspace_id)
    await mustBeThere(trx, workspace_id, id)
    const links = await rows.linksOfPersons(trx, workspace_id, [id])
    const link = links.find((each) => each.source === source && each.source_id === source_id)
    if (!link) throw new NotFoundError(`${id} is not known there`)
    if (links.length === 1) throw new ConflictError('Nothing else ties this person: there is nobody to untie it from')
    await tellOfAttendance(hub, trx, workspace_id, [id])
    const now = hub.runtime.now()
    const untied = newId('person', now)
    await rows.insertPerson(trx, { id: untied, workspace_id, name: link.name, created_at: new Date(now) })
    await rows.moveLink(trx, link, untied)
    const changed = (person_id: string) => ({ type: 'person.changed' as const, payload: { person_id, merged: [] } })
    await emit(hub, trx, workspace_id, 'api', [changed(id), changed(untied)])
    const detail = { source, into: untied }
    await insertAudit(trx, { workspace_id, actor: name, action: 'person.untied', object_id: id, detail })
    const found = await personsById({ ...hub, db: trx }, workspace_id, [id, untied])
    return {
      person: only(found.filter((each) => each.id === id)),
      untied: only(found.filter((each) => each.id === untied)),
    }
  })
}

async function mustBeThere(trx: Trx, workspace_id: string, id: string): Promise<void> {
  if (!(await rows.personOfWorkspace(trx, workspace_id, id))) throw new NotFoundError(`There is no person ${id}`)
}

/** Grades follow from who somebody is. */
const tellOfAttendance = async (hub: Hub, trx: Trx, workspace_id: string, ids: string[]): Promise<void> =>
  emit(
    hub,
    trx,
    workspace_id,
    'api',
    (await sessionsOfPersons(trx, workspace_id, ids)).map(({ meeting_id, uuid, source }) => ({
      type: 'attendance.changed',
      meeting_id,
      uuid,
      payload: { source },
    })),
  )

function only([person]: Person[]): Person {
  if (!person) throw new NotFoundError('There is no such person')
  return person
}
