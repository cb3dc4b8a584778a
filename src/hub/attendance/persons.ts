import { assignmentsOf } from '#store/assignments.ts'
import type { AttendanceRow } from '#store/attendance.ts'
import { personsOfPasses } from '#store/passes.ts'
import { personsBehind } from '#store/people.ts'
import type { Hub } from '#hub/hub.ts'
import { ownKeys } from './attendees.ts'

/** The person behind a presence, when it is known beyond its name. */
export interface PersonOf {
  (row: AttendanceRow): string | undefined
  /** Whether somebody has said so by hand. */
  isAssigned?: (row: AttendanceRow) => boolean
}

/**
 * Who the presences of a session are. Zoom's own sign-in says it best: the Zoom user, and the e-mail of somebody who was signed in
 * or registered. Next comes the pass that a browser join carried. An e-mail alone is what a guest typed, and proves nothing. Before
 * all of these comes what somebody has said by hand.
 */
export async function personsOf(hub: Hub, workspace_id: string, rows: readonly AttendanceRow[]): Promise<PersonOf> {
  const emails = distinct(rows.filter(isVouchedFor).map((row) => row.email.toLowerCase()))
  const [links, passes, assignments] = await Promise.all([
    personsBehind(hub.db, workspace_id, emails, distinct(rows.map((row) => row.participant_user_id))),
    personsOfPasses(hub.db, workspace_id, distinct(rows.map((row) => row.customer_key))),
    assignmentsOf(hub.db, workspace_id, distinct(rows.map((row) => row.uuid))),
  ])
  const byZoomUser = new Map(
    links.flatMap((link) => (link.source === 'zoom' ? [[link.source_id, link.person_id]] : [])),
  )
  const byEmail = new Map(
    // The first who was known by it, as everywhere.
    links
      .toReversed()
      .flatMap((link) => (link.email_verified ? [[link.email?.toLowerCase() ?? '', link.person_id]] : [])),
  )
  const byPass = new Map(passes.flatMap(({ id, person_id }) => (person_id ? [[id, person_id]] : [])))
  const assigned = new Map(assignments.map((each) => [`${each.uuid} ${each.attendee_key}`, each.person_id]))
  const byHand = (row: AttendanceRow): string | undefined =>
    ownKeys(row)
      .map((key) => assigned.get(`${row.uuid} ${key}`))
      .find((person) => person !== undefined)
  const personOf: PersonOf = (row) =>
    byHand(row) ??
    byZoomUser.get(row.participant_user_id) ??
    (isVouchedFor(row) ? byEmail.get(row.email.toLowerCase()) : undefined) ??
    byPass.get(row.customer_key)
  personOf.isAssigned = (row) => byHand(row) !== undefined
  return personOf
}

const isVouchedFor = (row: AttendanceRow): boolean =>
  row.email !== '' && (row.participant_user_id !== '' || row.registrant_id !== '')

const distinct = (texts: string[]): string[] => [...new Set(texts.filter(Boolean))]
