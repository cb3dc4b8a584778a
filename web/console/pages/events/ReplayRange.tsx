import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { EventState } from '../../api.d.ts'
import { api, type ReplayRangeRequest } from '../../client.ts'
import { Trouble } from '../../components/Notice.tsx'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'

interface ReplayRangeProps {
  /** What the list is narrowed to; the range is, too. */
  state: EventState | undefined
  event: string | null
}

/** Lets everything of a time be handled again: counted first, then asked. */
export function ReplayRange({ state, event }: ReplayRangeProps) {
  const [opened, { open, close }] = useDisclosure()
  const mayReplay = useMay('admin')
  if (!mayReplay) return null
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('Replay a time …')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('Replay the events of a time')}
        centered
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <Range state={state} event={event} onDone={close} />
      </Modal>
    </>
  )
}

function Range({ state, event, onDone }: ReplayRangeProps & { onDone: () => void }) {
  const queryClient = useQueryClient()
  const [from, setFrom] = useState(local(-3_600_000))
  const [to, setTo] = useState(local(0))
  const range: ReplayRangeRequest = {
    from: instantOf(from),
    to: instantOf(to, 59_999),
    ...(state && state !== 'waiting' ? { state } : {}),
    ...(event ? { event } : {}),
  }
  const count = useMutation({ mutationFn: () => api.replayEvents({ ...range, dry_run: true }) })
  const replay = useMutation({
    mutationFn: () => api.replayEvents(range),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['events'] }),
  })
  const error = count.error ?? replay.error
  if (replay.data)
    return (
      <Stack gap="md">
        <p role="status">{t('{{count}} events will be handled again', { count: replay.data.events })}</p>
        <Group justify="flex-end">
          <Button onClick={onDone}>{t('Done')}</Button>
        </Group>
      </Stack>
    )
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        count.mutate()
      }}
    >
      <Stack gap="md">
        <TextInput
          type="datetime-local"
          label={t('From')}
          value={from}
          max={to}
          required
          onChange={({ currentTarget: { value } }) => {
            setFrom(value)
            count.reset()
          }}
        />
        <TextInput
          type="datetime-local"
          label={t('To')}
          value={to}
          min={from}
          required
          onChange={({ currentTarget: { value } }) => {
            setTo(value)
            count.reset()
          }}
        />
        <div aria-live="polite">
          {count.data &&
            (count.data.events === 0
              ? t('There is none in this time')
              : t('{{count}} events are in this time. What has been done already is not done twice.', {
                  count: count.data.events,
                }))}
          {error && <Trouble error={error} />}
        </div>
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={count.isPending}>
            {t('Count')}
          </Button>
          <Button
            disabled={!count.data || count.data.events === 0}
            loading={replay.isPending}
            onClick={() => replay.mutate()}
          >
            {t('Replay')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** The reader's own clock, so many milliseconds from now, as the field has it. */
function local(offset_ms: number): string {
  const at = new Date(Date.now() + offset_ms)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

const instantOf = (field: string, more_ms = 0): string => {
  const at = Date.parse(field)
  return new Date((Number.isNaN(at) ? Date.now() : at) + more_ms).toISOString()
}
