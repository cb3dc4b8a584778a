import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Meeting, Occurrence, OccurrenceChange } from '../../api.d.ts'
import { api, Problem } from '../../client.ts'
import { Note, Trouble } from '../../components/Notice.tsx'
import { errorAt, errorBeside } from '../../forms/fields.ts'
import { AgendaField } from '../../forms/meeting/AgendaField.tsx'
import type { Chosen } from '../../forms/meeting/body.ts'
import { changeOf, currentOf, whenOf } from '../../forms/meeting/changes.ts'
import { Options } from '../../forms/meeting/Options.tsx'
import { useHostOptions } from '../../forms/meeting/useHostOptions.ts'
import { localOf, utcOf } from '../../forms/meeting/zone-time.ts'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'
import { inZone, span } from '../../times.ts'

interface EditOccurrenceProps {
  meeting: Meeting
  occurrence: Occurrence
}

/** Changes one occurrence: when it is, and what Zoom lets it have of its own. The others stay. */
export function EditOccurrence({ meeting, occurrence }: EditOccurrenceProps) {
  const [opened, { open, close }] = useDisclosure()
  const mayChange = useMay('operator')
  if (!mayChange || meeting.state === 'cancelled' || meeting.state === 'gone') return null
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={open}>
        {t('Edit')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('Edit this occurrence')}
        centered
        size="lg"
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <Fields meeting={meeting} occurrence={occurrence} onSaved={close} />
      </Modal>
    </>
  )
}

function Fields({ meeting, occurrence, onSaved }: EditOccurrenceProps & { onSaved: () => void }) {
  const queryClient = useQueryClient()
  const zone = meeting.timezone ?? 'UTC'
  const was = localOf(occurrence.start_time, zone)
  // What was seen when the dialog opened; the page behind it goes on being renewed.
  const [revision] = useState(meeting.revision)
  const [start, setStart] = useState(was)
  const [minutes, setMinutes] = useState(String(occurrence.duration))
  const [chosen, setChosen] = useState<Chosen>({})
  const options = useHostOptions(meeting.host_id || undefined)
  const items = options?.items.filter((item) => item.occurrence && item.kinds.includes(meeting.kind)) ?? []
  const base = withOwn(meeting, occurrence)
  const set = (id: string, value: unknown) => setChosen((before) => ({ ...before, [id]: value }))
  const save = useMutation({
    mutationFn: ({ change, over }: { change: OccurrenceChange; over: number }) =>
      api.updateOccurrence(meeting.id, occurrence.occurrence_id, change, over),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['meetings'] })
      onSaved()
    },
  })
  const { agenda, settings } = changeOf(base, whenOf(base), chosen, items)
  const change: OccurrenceChange = {
    ...(agenda === undefined ? {} : { agenda }),
    ...(settings === undefined ? {} : { settings }),
    ...(start === was || start === '' ? {} : { start_time: utcOf(start, zone) }),
    ...(Number(minutes) === occurrence.duration ? {} : { duration: Number(minutes) }),
  }
  const conflict = save.error instanceof Problem ? save.error.conflicts[0] : undefined
  const beside = conflict
    ? null
    : errorBeside(save.error, ['start_time', 'duration', 'agenda', ...items.map(({ id }) => id)])
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        const now = save.error instanceof Problem ? save.error.revision : undefined
        save.mutate({ change, over: now ?? revision })
      }}
    >
      <Stack gap="md">
        <TextInput
          type="datetime-local"
          label={t('Starts')}
          description={t('In the meeting’s zone, {{zone}}', { zone })}
          required
          value={start}
          onChange={(typed) => setStart(typed.currentTarget.value)}
          error={errorAt(save.error, 'start_time')}
        />
        <TextInput
          type="number"
          label={t('Minutes')}
          min={1}
          max={1440}
          required
          value={minutes}
          onChange={(typed) => setMinutes(typed.currentTarget.value)}
          error={errorAt(save.error, 'duration')}
        />
        <AgendaField
          item={items.find(({ id }) => id === 'agenda')}
          value={typeof chosen['agenda'] === 'string' ? chosen['agenda'] : (base.agenda ?? '')}
          onChange={(typed) => set('agenda', typed)}
          error={errorAt(save.error, 'agenda')}
        />
        {options && (
          <Options
            host={{ ...options, items }}
            kind={meeting.kind}
            chosen={chosen}
            current={currentOf(base, items)}
            onChange={set}
            error={save.error}
          />
        )}
        {conflict && (
          <div role="alert">
            <Note tone="warn" title={t('Somebody else has changed this occurrence meanwhile')}>
              {theirsInWords(conflict.theirs, zone)}{' '}
              {t('Save it all the same, or close this to leave it as it is there.')}
            </Note>
          </div>
        )}
        {beside && <Trouble error={beside} />}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={Object.keys(change).length === 0}>
            {t('Save occurrence')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** The occurrence as if it were a meeting: what it has of its own, else what the series has. */
const withOwn = (series: Meeting, { agenda, settings }: Occurrence): Meeting => ({
  ...series,
  agenda: agenda ?? series.agenda,
  settings: { ...series.settings, ...settings },
})

/** Where the occurrence is at Zoom now. */
function theirsInWords(theirs: unknown, zone: string): string {
  const { start_time, duration, status } = { ...(theirs as Partial<Occurrence> | null) }
  if (status === 'deleted' || !start_time) return t('At Zoom it has been called off.')
  return t('At Zoom it is now: {{time}}, {{length}}.', {
    time: inZone(start_time, zone),
    length: span((duration ?? 0) * 60),
  })
}
