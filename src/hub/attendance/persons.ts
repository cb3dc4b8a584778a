import type { AttendanceRow } from '#store/attendance.ts'
import { personsOfPasses } from '#store/passes.ts'
import { personsBehind } from '#store/people.ts'
import type { Hub } from '#hub/hub.ts'

/** The person behind a presence, when it is known beyond its name. */
export type PersonOf = (row: AttendanceRow) => string | undefined

/**
 * Who the presences of a session are. Zoom's own sign-in says it best: the Zoom user, and the e-mail of somebody who was signed in
 * or registered. Next comes the pass that a browser join carried. An e-mail alone is what a guest typed, and proves nothing.
 */
export async function personsOf(hub: Hub, workspace_id: string, rows: readonly AttendanceRow[]): Promise<PersonOf> {
  const emails = distinct(rows.filter(isVouchedFor).map((row) => row.email.toLowerCase()))
  const [links, passes] = await Promise.all([
    personsBehind(hub.db, workspace_id, emails, distinct(rows.map((row) => row.participant_user_id))),
    personsOfPasses(hub.db, workspace_id, distinct(rows.map((row) => row.customer_key))),
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
  return (row) =>
    byZoomUser.get(row.participant_user_id) ??
    (isVouchedFor(row) ? byEmail.get(row.email.toLowerCase()) : undefined) ??
    byPass.get(row.customer_key)
}

const isVouchedFor = (row: AttendanceRow): boolean =>
  row.email !== '' && (row.participant_user_id !== '' || row.registrant_id !== '')

const distinct = (texts: string[]): string[] => [...new Set(texts.filter(Boolean))]
