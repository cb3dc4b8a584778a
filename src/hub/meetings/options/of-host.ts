import { NotFoundError } from '#core/errors.ts'
import { hostSettings, type HostSettingsRow } from '#store/host-settings.ts'
import { meetingDefaultRows } from '#store/meeting-defaults.ts'
import { zoomUserByEmail, zoomUserById, type ZoomUserRow } from '#store/zoom-users.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { HostOptions } from '#hub/resources.ts'
import { isLent } from '#hub/licences/seat.ts'
import { isFresh } from './host-settings.ts'
import { judge, type HostFacts } from './judge.ts'
import type { MeetingOption } from './option.ts'
import { newPasscode, passcodeDemands, passcodeRule } from './passcode.ts'
import { valueAt } from './rules.ts'
import { fixedWords, isOff, neverWords, withRulings, type Ruling } from './rulings.ts'
import { meetingOptions } from './table.ts'

/**
 * Every option with what holds for this host: defaults, and why something is not possible. From what is kept here; Zoom is not
 * asked. @throws NotFoundError, also for a user of another workspace.
 */
export async function optionsOfHost(hub: Hub, { workspace_id }: Actor, zoom_user_id: string): Promise<HostOptions> {
  const user = await zoomUserById(hub.db, workspace_id, zoom_user_id)
  if (!user) throw new NotFoundError(`There is no Zoom user ${zoom_user_id}`)
  const kept = await hostSettings(hub.db, workspace_id, zoom_user_id)
  return {
    ...told(hub, await factsOf(hub, user, kept), await meetingDefaultRows(hub.db, workspace_id)),
    zoom_user_id,
    email: user.email,
    asked_at: kept?.asked_at.toISOString() ?? null,
    fresh: kept !== undefined && isFresh(kept, hub.runtime.now()),
    unknown: Object.entries(kept?.unknown ?? {}).map(([what, reason]) => ({ what, reason })),
    timezone: user.timezone,
    schedulers: kept?.schedulers ?? [],
    tracking_fields: kept?.tracking_fields.filter(({ visible, required }) => visible || required) ?? [],
  }
}

/** Every option of no host in particular: for hosts whom the hub does not know, since they alone consented for themselves. */
export const optionsOfNobody = async (hub: Hub, { workspace_id }: Actor): Promise<HostOptions> => ({
  ...told(hub, { type: null, settings: {}, security: {}, locks: {} }, await meetingDefaultRows(hub.db, workspace_id)),
  zoom_user_id: null,
  email: null,
  asked_at: null,
  fresh: false,
  unknown: [],
  timezone: null,
  schedulers: [],
  tracking_fields: [],
})

function told(hub: Hub, facts: HostFacts, rulings: readonly Ruling[]): Pick<HostOptions, 'passcode' | 'items'> {
  const rule = passcodeRule(facts.security, facts.settings)
  return {
    passcode: { demands: passcodeDemands(rule), suggestion: newPasscode(rule, (size) => hub.runtime.random(size)) },
    items: (meetingOptions as readonly MeetingOption[]).map((option) => {
      const { reason, locked, refused, default: usual } = judge(option, facts)
      const ruling = rulings.find(({ option_id }) => option_id === option.id)
      const rule = ruling?.rule ?? 'decides'
      return {
        id: option.id,
        words: option.words,
        about: option.about ?? null,
        section: option.section,
        type: option.value.type,
        kinds: [...option.kinds],
        occurrence: option.occurrence ?? false,
        choices: choicesOf(option, rule === 'never' ? refusedByRule(option) : refused),
        default: usual ?? null,
        reason: rule === 'always' ? fixedWords : (reason ?? locked),
        rule,
        preset: presetOf(option, ruling, facts),
      }
    }),
  }
}

/** A default that the host cannot have is none. */
function presetOf({ id, kinds }: MeetingOption, ruling: Ruling | undefined, facts: HostFacts): unknown {
  if (!ruling || ruling.rule === 'always') return ruling?.value ?? null
  const kind = kinds.includes('meeting') ? 'meeting' : 'webinar'
  return valueAt(withRulings(kind, {}, [ruling], facts), id) ?? null
}

const refusedByRule = (option: MeetingOption): { value: string | number; reason: string }[] =>
  option.value.type === 'choice'
    ? option.value.of.flatMap(({ value }) => (isOff(option, value) ? [] : [{ value, reason: neverWords }]))
    : []

const choicesOf = (
  { value }: MeetingOption,
  refused: { value: string | number; reason: string }[],
): HostOptions['items'][number]['choices'] =>
  value.type === 'choice'
    ? value.of.map((choice) => ({
        value: choice.value,
        words: choice.words,
        reason: refused.find((each) => each.value === choice.value)?.reason ?? null,
      }))
    : []

/** Whom the pool lends a licence has one by the time that Zoom is asked. */
const factsOf = async (hub: Hub, user: ZoomUserRow, kept: HostSettingsRow | undefined): Promise<HostFacts> => ({
  type: (await isLent(hub.db, user)) ? 2 : user.type,
  settings: kept?.settings ?? {},
  security: kept?.security ?? {},
  locks: kept?.locks ?? {},
})

/** What is known of a host, by e-mail or Zoom's id, and not too long ago; undefined when that is nothing. */
export async function knownHost(
  hub: Hub,
  { workspace_id }: Actor,
  host: string,
): Promise<{ user: ZoomUserRow; kept: HostSettingsRow; facts: HostFacts } | undefined> {
  const user = (await zoomUserById(hub.db, workspace_id, host)) ?? (await zoomUserByEmail(hub.db, workspace_id, host))
  const kept = user && (await hostSettings(hub.db, workspace_id, user.id))
  return user && kept && isFresh(kept, hub.runtime.now())
    ? { user, kept, facts: await factsOf(hub, user, kept) }
    : undefined
}
