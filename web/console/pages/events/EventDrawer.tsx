import { Button, Group, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { EventWithPayload } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Facts } from '../../components/Facts.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing } from '../../components/Listing.tsx'
import { Note, Trouble } from '../../components/Notice.tsx'
import { Payload } from '../../components/Payload.tsx'
import { State } from '../../components/State.tsx'
import { SideDrawer } from '../../components/SideDrawer.tsx'
import { useMay } from '../../may.ts'
import { queries } from '../../queries.ts'
import { eventWords } from '../../words.ts'
import { hubWords, t } from '../../language.ts'

/** One event beside the list it was chosen from. */
export function EventDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  return (
    <SideDrawer opened={id !== null} onClose={onClose} wide title={t('Event')}>
      {id && <One id={id} />}
    </SideDrawer>
  )
}

function One({ id }: { id: string }) {
  return (
    <Listing answer={useQuery(queries.event(id))} lines={6}>
      {(event) => <Full event={event} />}
    </Listing>
  )
}

function Full({ event }: { event: EventWithPayload }) {
  const { means } = eventWords[event.state]
  return (
    <Stack gap="lg">
      <Facts
        facts={{
          [t('Event')]: event.event,
          [t('State')]: <State {...eventWords[event.state]} />,
          [t('Happened')]: <Instant at={event.event_ts} as="toTheSecond" />,
          [t('Received')]: <Instant at={event.received_at} as="toTheSecond" />,
          [t('Settled')]: event.settled_at && <Instant at={event.settled_at} as="toTheSecond" />,
          [t('Failed tries')]: event.attempts > 0 && String(event.attempts),
          [t('About')]: event.subject,
          [t('Account')]: event.account_id,
          ID: event.id,
        }}
      />
      <Note tone={event.state === 'dead' ? 'bad' : 'hint'} title={(event.reason && hubWords(event.reason)) ?? means}>
        {event.reason && means}
      </Note>
      <Replay event={event} />
      <Payload value={event.payload} />
    </Stack>
  )
}

function Replay({ event }: { event: EventWithPayload }) {
  const queryClient = useQueryClient()
  const mayReplay = useMay('operator')
  const replay = useMutation({
    mutationFn: () => api.replayEvent(event.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['events'] }),
  })
  if (!mayReplay || event.state === 'waiting') return null
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<Icon name="again" />}
          loading={replay.isPending}
          onClick={() => replay.mutate()}
        >
          {t('Replay')}
        </Button>
        <span role="status">{replay.isSuccess && t('Replayed: see its state above')}</span>
      </Group>
      {replay.error && <Trouble error={replay.error} />}
    </Stack>
  )
}
