import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Meeting, NewMeeting } from '../api.d.ts'
import { api } from '../client.ts'
import { useTold } from '../components/FormDrawer.tsx'
import { Trouble } from '../components/Notice.tsx'
import { t } from '../language.ts'
import { viewerZone } from '../times.ts'
import { errorAt, errorBeside } from './fields.ts'
import { AgendaField } from './meeting/AgendaField.tsx'
import { basics, bodyOf, type Chosen, chosenTimes, presetsOf, type When } from './meeting/body.ts'
import classes from './meeting/MeetingForm.module.css'
import { ConnectionField } from './meeting/ConnectionField.tsx'
import { type Kind, KindField } from './meeting/KindField.tsx'
import { LeftOut } from './meeting/LeftOut.tsx'
import { Options } from './meeting/Options.tsx'
import { PersonField, useZoomUser } from './meeting/PersonFields.tsx'
import { PlanFields } from './meeting/PlanFields.tsx'
import { ScheduleFor } from './meeting/ScheduleFor.tsx'
import { useHostOptions } from './meeting/useHostOptions.ts'
import { useIdempotencyKey } from './meeting/useIdempotencyKey.ts'
import { useShown } from './meeting/useShown.ts'

const untimedType = { meeting: 3, webinar: 6 } as const

interface NewMeetingFormProps {
  onCreated: (meeting: Meeting) => void
  onChanged: (changed: boolean) => void
}

/** Schedules a meeting or webinar at Zoom. Only what was touched is sent; for the rest the host's own defaults hold. */
export function NewMeetingForm({ onCreated, onChanged }: NewMeetingFormProps) {
  const queryClient = useQueryClient()
  const keyFor = useIdempotencyKey()
  const create = useMutation({
    mutationFn: (body: NewMeeting) => api.createMeeting(body, keyFor(body)),
    onSuccess: (meeting) => {
      void queryClient.invalidateQueries({ queryKey: ['meetings'] })
      if (meeting.left_out.length === 0) onCreated(meeting)
    },
  })
  const [kind, setKind] = useState<Kind>('meeting')
  const [host, setHost] = useState('')
  const [connection, setConnection] = useState<string>()
  const [usual] = useState<When>(usualWhen)
  const [typed, setTyped] = useState<Partial<When>>({})
  const [chosen, setChosen] = useState<Chosen>({})
  const set = (id: string, value: unknown) => setChosen((before) => ({ ...before, [id]: value }))
  const options = useHostOptions(useZoomUser(host)?.id)
  const items = options?.items.filter((item) => item.kinds.includes(kind)) ?? []
  const presets = presetsOf(items)
  const when = { ...usual, ...presetWhen(presets), ...typed }
  const setWhen = (next: When) =>
    setTyped((before) => ({ ...before, ...Object.fromEntries(changed(when, next)) }) as Partial<When>)
  const entered = [host, connection, ...Object.values(typed), ...Object.values(chosen)].some(Boolean)
  useTold((entered || kind !== 'meeting') && !create.data, onChanged)
  const form = useShown(create.error)
  const fields = [...basics, ...(options?.items ?? [])].map(({ id }) => id)
  const beside = errorBeside(create.error, [...fields, 'host', 'connection_id', 'kind', 'type'])

  const request = (): NewMeeting => {
    const known = [...items.filter(({ id }) => !basics.some((each) => each.id === id)), ...basics]
    return {
      ...bodyOf({ ...chosen, ...chosenTimes(when) }, known),
      topic: text(chosen['topic']),
      host: host.trim(),
      ...(kind === 'webinar' ? { kind } : {}),
      ...(connection ? { connection_id: connection } : {}),
      ...(when.untimed ? { type: untimedType[kind] } : {}),
    }
  }

  if (create.data && create.data.left_out.length > 0)
    return <LeftOut meeting={create.data} host={options} onSeen={() => onCreated(create.data)} />
  return (
    <form
      ref={form}
      onSubmit={(submit) => {
        submit.preventDefault()
        create.mutate(request())
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('Topic')}
          required
          maxLength={200}
          data-autofocus
          value={text(chosen['topic'])}
          onChange={(change) => set('topic', change.currentTarget.value)}
          error={errorAt(create.error, 'topic')}
        />
        <PersonField
          label={t('Host')}
          description={t('A person of the Zoom account, by name or e-mail')}
          required
          value={host}
          onChange={setHost}
          error={errorAt(create.error, 'host')}
        />
        <ConnectionField value={connection} onChange={setConnection} error={errorAt(create.error, 'connection_id')} />
        <KindField kind={kind} onChange={setKind} options={options} error={errorAt(create.error, 'kind')} />
        <PlanFields value={when} onChange={setWhen} error={create.error} isNew options={options} />
        <AgendaField
          item={items.find(({ id }) => id === 'agenda')}
          value={text(chosen['agenda'] ?? presets['agenda'])}
          onChange={(agenda) => set('agenda', agenda || (presets['agenda'] === undefined ? undefined : ''))}
          error={errorAt(create.error, 'agenda')}
        />
        {options && (
          <Options
            host={options}
            kind={kind}
            chosen={chosen}
            current={presets}
            onChange={set}
            error={create.error}
            scheduleFor={
              <ScheduleFor
                options={options}
                value={text(chosen['schedule_for'])}
                onChange={(email) => set('schedule_for', email || undefined)}
                error={errorAt(create.error, 'schedule_for')}
              />
            }
          />
        )}
        {beside && <Trouble error={beside} />}
        <div className={classes['actions']}>
          <Button type="submit" loading={create.isPending}>
            {kind === 'webinar' ? t('Schedule webinar') : t('Schedule meeting')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const changed = (before: When, after: When) =>
  Object.entries(after).filter(([name, value]) => value !== before[name as keyof When])

/** How long, and in which zone, the workspace wants meetings while nobody says otherwise. */
const presetWhen = ({ duration, timezone }: Chosen): Partial<When> => ({
  ...(typeof duration === 'number' ? { duration: String(duration) } : {}),
  ...(typeof timezone === 'string' ? { timezone } : {}),
})

const usualWhen = (): When => ({
  start: nextHalfHour(),
  duration: '60',
  timezone: viewerZone(),
  repeats: undefined,
  untimed: false,
})

/** As a datetime-local input wants it: "2026-11-22T14:30". */
function nextHalfHour(): string {
  const half = 30 * 60_000
  const now = new Date(Math.ceil((Date.now() + 60_000) / half) * half)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}T${two(now.getHours())}:${two(now.getMinutes())}`
}
