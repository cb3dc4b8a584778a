import { Temporal } from 'temporal-polyfill'
import { ConflictError, InputError, sentenceOf } from '#core/errors.ts'
import { connectionOfUser } from '#store/connections.ts'
import type { ImportAsked } from '#store/db.ts'
import { meetingLike, type ImportLine } from '#store/meeting-imports.ts'
import { anyZoomUser, zoomUserByEmail } from '#store/zoom-users.ts'
import { chosenConnection, connection } from '#hub/connections.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { bodyOfNew } from '#hub/meetings/body.ts'
import { checkOptions } from '#hub/meetings/options/check.ts'
import { withDefaults } from '#hub/meetings/options/with-defaults.ts'
import { meetingByZoomId } from '#hub/meetings/read.ts'
import { placementsOfMeeting } from '#hub/placements.ts'
import { place } from '#hub/places.ts'
import { newMeeting, type NewMeeting, type Place } from '#hub/resources.ts'
import { connectionsToAsk } from './find.ts'

/** What becomes of a row, or would if it were carried out. */
export type Verdict = Pick<ImportLine, 'state' | 'message' | 'asked' | 'meeting_id'>

/**
 * What would become of a row, from what is known here: Zoom is not asked.
 * @throws InputError, NotFoundError or ConflictError that says why nothing would.
 */
export async function judge(hub: Hub, actor: Actor, asked: ImportAsked): Promise<Verdict> {
  const into = asked.place_id === undefined ? undefined : await placeToPutIn(hub, actor, asked.place_id)
  return asked.zoom_meeting_id === undefined
    ? judgeNew(hub, actor, asked, into)
    : judgeExisting(hub, actor, asked, asked.zoom_meeting_id, into)
}

async function placeToPutIn(hub: Hub, actor: Actor, id: string): Promise<Place> {
  const found = await place(hub, actor, id)
  if (found.state !== 'on')
    throw new InputError(`The place ${found.name} is switched off: an administrator switches it on`)
  if (!hub.integrations.find(({ name }) => name === found.integration)?.put)
    throw new InputError(
      `A meeting cannot be put into ${found.name} from here: ${found.integration} takes meetings on its own side`,
    )
  return found
}

async function judgeExisting(
  hub: Hub,
  actor: Actor,
  asked: ImportAsked,
  zoom_meeting_id: string,
  into: Place | undefined,
): Promise<Verdict> {
  const known = await meetingByZoomId(hub, actor, zoom_meeting_id)
  if (known?.state === 'gone')
    throw new ConflictError(`${known.topic || zoom_meeting_id} was deleted at Zoom: its host can restore it there`)
  if (known) return alreadyHere(hub, actor, asked, known.id, into)
  await connectionsToAsk(hub, actor)
  return { state: 'will_find', message: into ? `Will be put into ${into.name}` : null, asked, meeting_id: null }
}

async function alreadyHere(
  hub: Hub,
  actor: Actor,
  asked: ImportAsked,
  meeting_id: string,
  into: Place | undefined,
): Promise<Verdict> {
  if (!into) return { state: 'already_here', message: null, asked, meeting_id }
  return (await isIn(hub, actor, meeting_id, into.id))
    ? { state: 'already_here', message: `Is in ${into.name} already`, asked, meeting_id }
    : { state: 'will_place', message: `Will be put into ${into.name}`, asked, meeting_id }
}

export const isIn = async (hub: Hub, actor: Actor, meeting_id: string, place_id: string): Promise<boolean> =>
  (await placementsOfMeeting(hub, actor, meeting_id)).some(
    (each) => each.place_id === place_id && each.state === 'shown',
  )

async function judgeNew(hub: Hub, actor: Actor, given: ImportAsked, into: Place | undefined): Promise<Verdict> {
  const host = await hostOf(hub, actor, given.host ?? '')
  const { at, timezone } = startOf(given, host.timezone, hub.runtime.now())
  const asked = { ...given, connection_id: host.connection_id, ...(timezone ? { timezone } : {}) }
  const request = await withDefaults(hub, actor, host.id ?? given.host ?? '', requestOf(asked))
  bodyOfNew(request)
  const { kind, connection_id: _connection, host: who, ...options } = request
  await checkOptions(hub, actor, { kind, host: host.id ?? who, isNew: true }, options)
  const like = await meetingLike(hub.db, actor.workspace_id, {
    topic: request.topic,
    host: host.id ?? who,
    start_time: at,
  })
  if (like) return alreadyHere(hub, actor, asked, like.id, into)
  const notes = [
    host.isConnected ? undefined : 'Waits until somebody connects to Zoom again, under “Connections”',
    into && `Will be put into ${into.name}`,
  ].filter((note) => note !== undefined)
  return { state: 'will_create', message: notes.join('. ') || null, asked, meeting_id: null }
}

/** @throws InputError for what Zoom takes in no meeting. */
export function requestOf(asked: ImportAsked): NewMeeting {
  const { place_id: _place, target: _target, zoom_meeting_id: _number, ...fields } = asked
  const read = newMeeting.safeParse(fields)
  if (read.success) return read.data
  throw new InputError(
    read.error.issues
      .map(({ path, message }) => demands[String(path[0])] ?? `${path.join('.')}: ${message}`)
      .join('; '),
  )
}

const demands: Record<string, string> = {
  topic: 'The topic is too long: it has 200 characters at the most',
  agenda: 'The agenda is too long: it has 2,000 characters at the most',
  password: 'The passcode does not do: it has 10 characters at the most, letters, digits and @ - _ *',
  host: 'The host is no e-mail address',
}

interface Host {
  id: string | undefined
  timezone: string | null
  connection_id: string
  isConnected: boolean
}

/** Who shall host, and the connection that may speak for them: their own consent before the account's. */
async function hostOf(hub: Hub, actor: Actor, email: string): Promise<Host> {
  const { workspace_id } = actor
  const user = await zoomUserByEmail(hub.db, workspace_id, email)
  if (user?.status === 'inactive')
    throw new InputError(`${email} is deactivated at Zoom: an administrator activates the account there`)
  const own = await connectionOfUser(hub.db, workspace_id, email)
  if (!own && !user && (await anyZoomUser(hub.db, workspace_id)))
    throw new InputError(`${email} is no user of a connected Zoom account: correct the address, or invite them at Zoom`)
  const { id, state } = own ?? (user ? await connection(hub, actor, user.connection_id) : await account(hub, actor))
  return { id: user?.id, timezone: user?.timezone ?? null, connection_id: id, isConnected: state === 'connected' }
}

async function account(hub: Hub, actor: Actor): ReturnType<typeof chosenConnection> {
  try {
    return await chosenConnection(hub, actor, undefined)
  } catch (error) {
    throw new InputError(
      `Through which connection is not known: an administrator connects the Zoom account of the host (${sentenceOf(error)})`,
      [],
      { cause: error },
    )
  }
}

/** When it begins, and the zone that a time without one is meant in: the host's, if the row names none. */
function startOf(
  { start_time = '', timezone }: ImportAsked,
  zoneOfHost: string | null,
  now: number,
): { at: Date; timezone: string | undefined } {
  const zone = timezone ?? (zoneOfHost || undefined)
  const at = /(?:Z|[+-]\d\d:\d\d)$/.test(start_time) ? Date.parse(start_time) : inZone(start_time, zone)
  if (at <= now) throw new InputError(`The start, ${new Date(at).toISOString().replace(/\.\d+/, '')}, is past`)
  return { at: new Date(at), timezone: zone }
}

function inZone(local: string, zone: string | undefined): number {
  try {
    if (zone) return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds
  } catch {
    // Zoom knows names of zones that nobody else does.
  }
  throw new InputError('The start needs a time zone: add the column timezone, for example with Europe/Berlin')
}
