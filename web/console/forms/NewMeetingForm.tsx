import { Button, Group, NativeSelect, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Meeting, NewMeeting } from '../api.d.ts'
import { api } from '../client.ts'
import { Trouble } from '../components/Notice.tsx'
import { queries } from '../queries.ts'
import { viewerZone } from '../times.ts'
import { errorAt, errorBeside, text } from './fields.ts'
import { HostField } from './HostField.tsx'
import classes from './NewMeetingForm.module.css'
import { WeeklyFields } from './WeeklyFields.tsx'
import { t } from '../language.ts'

const fields = ['connection_id', 'host', 'topic', 'agenda', 'start_time', 'duration', 'timezone', 'recurrence'] as const

/** Schedules a meeting at Zoom, once or every week. */
export function NewMeetingForm({ onCreated }: { onCreated: (meeting: Meeting) => void }) {
  const queryClient = useQueryClient()
  const keyFor = useIdempotencyKey()
  const create = useMutation({
    mutationFn: (body: NewMeeting) => api.createMeeting(body, keyFor(body)),
    onSuccess: (meeting) => {
      void queryClient.invalidateQueries({ queryKey: ['meetings'] })
      onCreated(meeting)
    },
  })
  const [weekly, setWeekly] = useState(false)
  const [start, setStart] = useState(nextHalfHour)
  const beside = errorBeside(create.error, fields)

  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        create.mutate(newMeeting(new FormData(submit.currentTarget)))
      }}
    >
      <Stack gap="md">
        <TextInput
          name="topic"
          label={t('Topic')}
          required
          maxLength={200}
          data-autofocus
          error={errorAt(create.error, 'topic')}
        />
        <HostField error={errorAt(create.error, 'host')} />
        <ConnectionField error={errorAt(create.error, 'connection_id')} />
        <div className={classes['when']}>
          <TextInput
            name="start_time"
            type="datetime-local"
            label={t('Starts')}
            required
            value={start}
            onChange={(change) => setStart(change.currentTarget.value)}
            error={errorAt(create.error, 'start_time')}
          />
          <TextInput
            type="number"
            name="duration"
            label={t('Minutes')}
            min={1}
            max={1440}
            defaultValue={60}
            required
            error={errorAt(create.error, 'duration')}
          />
        </div>
        <Select
          name="timezone"
          label={t('Time zone')}
          description={t('In which the start is meant, and the weeks are counted')}
          data={zones}
          defaultValue={viewerZone()}
          searchable
          required
          error={errorAt(create.error, 'timezone')}
        />
        <Switch
          label={t('Repeats every week')}
          checked={weekly}
          onChange={(change) => setWeekly(change.currentTarget.checked)}
        />
        {weekly && <WeeklyFields key={start} start={start} error={errorAt(create.error, 'recurrence')} />}
        <Textarea
          name="agenda"
          label={t('Agenda')}
          autosize
          minRows={2}
          maxLength={2000}
          error={errorAt(create.error, 'agenda')}
        />
        {beside && <Trouble error={beside} />}
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t('Schedule meeting')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Asked only where there is a choice. */
function ConnectionField({ error }: { error: string | undefined }) {
  const connections = useQuery(queries.connections()).data?.items.filter(({ state }) => state === 'connected') ?? []
  if (connections.length < 2) return null
  return (
    <NativeSelect
      name="connection_id"
      label={t('Zoom app')}
      data={connections.map(({ id, zoom_app_name }) => ({ value: id, label: zoom_app_name }))}
      error={error}
    />
  )
}

function newMeeting(form: FormData): NewMeeting {
  const [agenda, connection_id, weekly_days] = [
    text(form, 'agenda'),
    text(form, 'connection_id'),
    text(form, 'weekly_days'),
  ]
  const recurrence = {
    type: 2 as const,
    weekly_days,
    repeat_interval: Number(text(form, 'repeat_interval')),
    end_times: Number(text(form, 'end_times')),
  }
  return {
    host: text(form, 'host'),
    topic: text(form, 'topic'),
    start_time: withSeconds(text(form, 'start_time')),
    duration: Number(text(form, 'duration')),
    timezone: text(form, 'timezone'),
    ...(agenda && { agenda }),
    ...(connection_id && { connection_id }),
    ...(form.has('weekly_days') && { recurrence }),
  }
}

/** One key for one body: the same form sent again after a lost answer makes no second meeting, a changed one is a new wish. */
function useIdempotencyKey(): (body: NewMeeting) => string {
  const last = useRef({ body: '', key: '' })
  return (body) => {
    const text = JSON.stringify(body)
    if (last.current.body !== text) last.current = { body: text, key: randomKey() }
    return last.current.key
  }
}

/** randomUUID exists on HTTPS and localhost alone. */
const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-')

const zones = [...new Set([viewerZone(), 'UTC', ...Intl.supportedValuesOf('timeZone')])]

const withSeconds = (local: string): string => (local.length === 16 ? `${local}:00` : local)

/** As a datetime-local input wants it: "2026-11-22T14:30". */
function nextHalfHour(): string {
  const half = 30 * 60_000
  const now = new Date(Math.ceil((Date.now() + 60_000) / half) * half)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}T${two(now.getHours())}:${two(now.getMinutes())}`
}
