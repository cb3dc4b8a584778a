import { InputError, type Problem } from '#core/errors.ts'
import type { MeetingKind } from '#store/db.ts'
import { meetingDefaultRows } from '#store/meeting-defaults.ts'
import { anyZoomUser, zoomUserByEmail } from '#store/zoom-users.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { knownHost } from './of-host.ts'
import { optionProblems, type Asked } from './rules.ts'
import { rulingProblems, withWhoFixedIt } from './rulings.ts'
import { addressesOf } from './values.ts'

/**
 * Refuses options that would fail at Zoom, or that Zoom would take and then leave out: by the table, by what is known of the host, and
 * by who the alternative hosts are. Answers whether what was asked needs a licence that the host is yet to be lent.
 * @throws InputError naming each.
 */
export async function checkOptions(
  hub: Hub,
  actor: Actor,
  { kind, host, isNew }: { kind: MeetingKind; host: string; isNew: boolean },
  asked: Asked,
): Promise<{ licence: boolean }> {
  const known = await knownHost(hub, actor, host)
  const rulings = await meetingDefaultRows(hub.db, actor.workspace_id)
  const problems = [
    ...rulingProblems(kind, isNew ? { kind, ...asked } : asked, rulings),
    ...withWhoFixedIt(optionProblems(kind, isNew ? { kind, ...asked } : asked, known?.facts), rulings),
    ...(await ofAlternativeHosts(hub, actor, asked)),
    ...ofTrackingFields(known?.kept.tracking_fields ?? [], asked, isNew),
  ]
  const schedulers = known?.kept.unknown['schedulers'] === undefined ? known?.kept.schedulers : undefined
  const target = asked['schedule_for']
  if (isNew && typeof target === 'string' && schedulers && !isAmong(schedulers, target) && !isSelf(known?.user, target))
    problems.push({
      field: 'schedule_for',
      message: `${target} has not given ${known?.user.email} the scheduling privilege; they do so at Zoom under “Settings”, “Schedule privilege”`,
    })
  if (problems.length > 0)
    throw new InputError(problems.map(({ field, message }) => `${field} ${message}`).join('; '), problems)
  const without = known && { ...known.facts, type: known.user.type }
  return { licence: optionProblems(kind, asked, without).length > 0 }
}

const isSelf = (user: { id: string; email: string } | undefined, who: string): boolean =>
  user !== undefined && isAmong([user], who)

const isAmong = (people: readonly { id: string; email: string }[], who: string): boolean =>
  people.some(({ id, email }) => id === who || email.toLowerCase() === who.toLowerCase())

/** Zoom wants active, Licensed people of the account. Where its users are not known here, Zoom itself judges. */
async function ofAlternativeHosts(hub: Hub, { workspace_id }: Actor, asked: Asked): Promise<Problem[]> {
  const named = asked.settings?.['alternative_hosts']
  if (typeof named !== 'string' || !(await anyZoomUser(hub.db, workspace_id))) return []
  const problems: Problem[] = []
  for (const email of addressesOf(named)) {
    const user = await zoomUserByEmail(hub.db, workspace_id, email)
    const message = !user
      ? `${email} is not a user of the Zoom account`
      : user.status !== null && user.status !== 'active'
        ? `${email} is not active at Zoom (${user.status})`
        : user.type !== null && user.type !== 2
          ? `${email} has no licence: an alternative host must be Licensed`
          : undefined
    if (message) problems.push({ field: 'settings.alternative_hosts', message })
  }
  return problems
}

/** The account may want a value for some fields of every meeting. */
function ofTrackingFields(
  fields: readonly { field: string; required: boolean }[],
  asked: Asked,
  isNew: boolean,
): Problem[] {
  const given = asked['tracking_fields'] as { field: string; value: string }[] | undefined
  if (!given && !isNew) return []
  const valued = new Set((given ?? []).filter(({ value }) => value.trim() !== '').map(({ field }) => field))
  return fields
    .filter(({ field, required }) => required && !valued.has(field))
    .map(({ field }) => ({ field: 'tracking_fields', message: `needs a value for “${field}”: the account wants one` }))
}
