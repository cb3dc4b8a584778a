import { z } from 'zod'
import { InputError, NotFoundError } from '#core/errors.ts'
import { insertAudit } from '#store/audit.ts'
import { latestTrackingFields } from '#store/host-settings.ts'
import * as rows from '#store/meeting-defaults.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { newMeeting, type MeetingDefault, type MeetingDefaultChange, type MeetingDefaults } from '#hub/resources.ts'
import type { MeetingOption } from './option.ts'
import { hasValue, problemsOfFixed, rulesFor, type Ruling } from './rulings.ts'
import { meetingOptions, optionAt } from './table.ts'
import { wrongWith } from './values.ts'

/** Every option of a meeting with what the workspace has decided of it. */
export async function meetingDefaults(hub: Hub, { workspace_id }: Actor): Promise<MeetingDefaults> {
  const kept = await rows.meetingDefaultRows(hub.db, workspace_id)
  return {
    items: (meetingOptions as readonly MeetingOption[])
      .filter((option) => rulesFor(option).length > 0)
      .map((option) =>
        told(
          option,
          kept.find(({ option_id }) => option_id === option.id),
        ),
      ),
    tracking_fields: await latestTrackingFields(hub.db, workspace_id),
  }
}

function told(option: MeetingOption, row: rows.MeetingDefaultRow | undefined): MeetingDefault {
  const { id, words, about = null, section, value, kinds } = option
  return {
    id,
    words,
    about,
    section,
    type: value.type,
    kinds: [...kinds],
    choices: value.type === 'choice' ? value.of.map((choice) => ({ value: choice.value, words: choice.words })) : [],
    rules: rulesFor(option),
    has_value: hasValue(id),
    rule: row?.rule ?? 'decides',
    value: row?.value ?? null,
    changed_at: row?.changed_at.toISOString() ?? null,
  }
}

/** Where a form for a new meeting begins, and whether it offers a series. */
export interface FormDefaults {
  duration: number | undefined
  timezone: string | undefined
  mayRepeat: boolean
}

export async function formDefaults(hub: Hub, { workspace_id }: Actor): Promise<FormDefaults> {
  const kept = await rows.meetingDefaultRows(hub.db, workspace_id)
  const ruling = (id: string) => kept.find(({ option_id }) => option_id === id)
  const [duration, timezone] = [ruling('duration')?.value, ruling('timezone')?.value]
  return {
    duration: typeof duration === 'number' ? duration : undefined,
    timezone: typeof timezone === 'string' ? timezone : undefined,
    mayRepeat: ruling('recurrence')?.rule !== 'never',
  }
}

/**
 * Decides what holds of an option for the meetings that are planned or changed from now on.
 * @throws NotFoundError for what is no option, InputError for a rule or value that it cannot have.
 */
export async function setMeetingDefault(
  hub: Hub,
  { workspace_id, name }: Actor,
  option_id: string,
  { rule, value = null }: MeetingDefaultChange,
): Promise<MeetingDefault> {
  const option = ruled(option_id)
  const ruling = { option_id, rule, value: rule === 'never' ? null : value }
  refuse(option, ruling)
  const others = (await rows.meetingDefaultRows(hub.db, workspace_id)).filter((row) => row.option_id !== option_id)
  const problems = rule === 'always' ? problemsOfFixed([...others, ruling]) : []
  if (problems.length > 0)
    throw new InputError(
      `This cannot hold for every meeting together with the rest: ${problems.map(({ field, message }) => `${field} ${message}`).join('; ')}`,
      problems.map(({ field, message }) => ({ field: 'value', message: `${field} ${message}` })),
    )
  const row = { workspace_id, ...ruling, changed_at: new Date(hub.runtime.now()) }
  await hub.db.transaction().execute(async (trx) => {
    await rows.saveMeetingDefault(trx, row)
    const detail = { rule, value: ruling.value }
    await insertAudit(trx, { workspace_id, actor: name, action: 'meeting_default.set', object_id: option_id, detail })
  })
  return told(option, row)
}

/** Whoever plans decides again, and what Zoom has for the host is where it begins. @throws NotFoundError */
export async function removeMeetingDefault(hub: Hub, { workspace_id, name }: Actor, option_id: string): Promise<void> {
  ruled(option_id)
  await hub.db.transaction().execute(async (trx) => {
    if (!(await rows.deleteMeetingDefault(trx, workspace_id, option_id))) return
    await insertAudit(trx, { workspace_id, actor: name, action: 'meeting_default.removed', object_id: option_id })
  })
}

function ruled(option_id: string): MeetingOption {
  const option = optionAt(option_id)
  if (!option || rulesFor(option).length === 0)
    throw new NotFoundError(`There is no option ${option_id} that can be decided for all meetings`)
  return option
}

function refuse(option: MeetingOption, { rule, value }: Ruling): void {
  const rules = rulesFor(option)
  if (!rules.includes(rule))
    throw new InputError(`“${option.words}” cannot be decided so`, [
      { field: 'rule', message: `must be one of ${rules.join(', ')}` },
    ])
  const message =
    value === null ? (rule === 'always' ? 'is needed for a rule that always holds' : undefined) : wrong(option, value)
  if (message) throw new InputError(`The value of “${option.words}” ${message}`, [{ field: 'value', message }])
}

/** By the table, and by the schema of what is planned. */
function wrong({ id, value: type }: MeetingOption, value: unknown): string | undefined {
  if (!hasValue(id)) return 'cannot be the same for all meetings'
  if (id === 'timezone' && !zones.safeParse(value).success) return 'must be a time zone like Europe/Berlin'
  const schema: z.ZodType | undefined = Reflect.get(newMeeting.shape, id)
  const read = schema?.safeParse(value)
  return read?.success === false ? read.error.issues.map((issue) => issue.message).join(', ') : wrongWith(type, value)
}

const zones = z.string().refine((name) => Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC')
