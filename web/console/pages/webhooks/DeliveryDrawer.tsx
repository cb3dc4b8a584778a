import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Facts } from '../../components/Facts.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing } from '../../components/Listing.tsx'
import { Payload } from '../../components/Payload.tsx'
import { State } from '../../components/State.tsx'
import { SideDrawer } from '../../components/SideDrawer.tsx'
import { hubWords, t } from '../../language.ts'
import { queries } from '../../queries.ts'
import { deliveryWords } from './words.ts'

/** One message beside the list: what was sent, and what the other side said to it. */
export function DeliveryDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const answer = useQuery({ ...queries.delivery(id ?? ''), enabled: id !== null })
  return (
    <SideDrawer opened={id !== null} onClose={onClose} wide title={t('Message')}>
      <Listing answer={answer} lines={6}>
        {(delivery) => (
          <Stack gap="lg">
            <Facts
              facts={{
                [t('Event')]: delivery.type,
                [t('State')]: <State {...deliveryWords[delivery.state]} />,
                [t('Made')]: <Instant at={delivery.created_at} as="toTheSecond" />,
                [t('Settled')]: delivery.settled_at && <Instant at={delivery.settled_at} as="toTheSecond" />,
                [t('Next try')]: delivery.due_at && <Instant at={delivery.due_at} as="toTheSecond" />,
                [t('Tries')]: String(delivery.attempts),
                [t('Answer')]: [delivery.status, delivery.error && hubWords(delivery.error)]
                  .filter((each) => each !== null)
                  .join(' · '),
                ID: delivery.id,
              }}
            />
            <Payload value={parsed(delivery.body)} />
          </Stack>
        )}
      </Listing>
    </SideDrawer>
  )
}

/** A message is JSON of ours; one that is not is shown as the text that it is. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
