import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { EventState } from '../../api.d.ts'
import { api, type EventSpan } from '../../client.ts'
import { Trouble } from '../../components/Notice.tsx'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'
import { fieldOf, instantOf } from '../../times.ts'
import { eventWords } from '../../words.ts'
import classes from './ReplayRange.module.css'

interface ReplayRangeProps {
  /** What the list is narrowed to; the range is, too. */
  state: EventState | undefined
  event: string | null
  /** Words that narrow the list, and not the range. */
  words: string
}

/** Lets everything of a time be handled again: counted first, then asked. */
export function ReplayRange(props: ReplayRangeProps) {
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
        <Range {...props} onDone={close} />
      </Modal>
    </>
  )
}

function Range({ state, event, words, onDone }: ReplayRangeProps & { onDone: () => void }) {
  const queryClient = useQueryClient()
  const [from, setFrom] = useState(fieldOf(-3_600_000))
  const [to, setTo] = useState(fieldOf(0))
  const range: EventSpan = {
    from: instantOf(from),
    to: instantOf(to, 59_999),
    ...(state && state !== 'waiting' ? { state } : {}),
    ...(event ? { event } : {}),
  }
  const count = useMutation({ mutationFn: () => api.countEvents(range) })
  const replay = useMutation({
    mutationFn: () => api.replayEvents(range),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['replays'] })
      onDone()
    },
  })
  const error = count.error ?? replay.error
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
        <p className={classes['scope']}>{scopeOf({ state, event, words })}</p>
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

/** Which of the time's events it is about, where the list beside shows others. */
function scopeOf({ state, event, words }: ReplayRangeProps): string {
  const which = event ? t('Events named {{event}}', { event }) : t('All events')
  const ended = state && state !== 'waiting' ? t('in the state “{{state}}”', { state: eventWords[state].word }) : ''
  const said = [which, ended].filter(Boolean).join(' ')
  const rest = words ? t('The words that are searched for do not narrow this.') : ''
  return [`${said}.`, t('Those that still wait are left alone.'), rest].filter(Boolean).join(' ')
}
