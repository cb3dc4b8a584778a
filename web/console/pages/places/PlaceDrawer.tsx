import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Place } from '../../api.d.ts'
import { Facts } from '../../components/Facts.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing } from '../../components/Listing.tsx'
import { Note } from '../../components/Notice.tsx'
import { SideDrawer } from '../../components/SideDrawer.tsx'
import { kinds, kindWord } from '../../places/kinds.ts'
import { queries } from '../../queries.ts'
import { Health } from './Health.tsx'
import { RenamePlace } from './RenamePlace.tsx'
import { RemovePlace } from './RemovePlace.tsx'
import { Shown } from './Shown.tsx'
import { SwitchPlace } from './SwitchPlace.tsx'
import { ZoomAppOf } from './ZoomAppOf.tsx'
import { t } from '../../language.ts'

/** One place: what it is, whether it is on, and how meetings get there. */
export function PlaceDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const place = useQuery({ ...queries.place(id ?? ''), enabled: id !== null })
  return (
    <SideDrawer opened={id !== null} onClose={onClose} wide title={place.data?.name ?? t('Place')}>
      <Listing answer={place}>
        {(data) => (
          <Stack gap="lg">
            <SwitchPlace place={data} />
            <Facts
              facts={{
                [t('Kind')]: kindWord(data.integration),
                [t('Zoom app')]: <ZoomAppOf place={data} />,
                [t('Added')]: <Instant at={data.created_at} />,
              }}
            />
            <RenamePlace place={data} />
            <About place={data} />
            <Health place={data} />
            <Shown place={data} />
            <HowMeetingsGetThere place={data} />
            <RemovePlace place={data} onRemoved={onClose} />
          </Stack>
        )}
      </Listing>
    </SideDrawer>
  )
}

function About({ place }: { place: Place }) {
  const Known = kinds[place.integration]?.About
  return Known && <Known place={place} />
}

function HowMeetingsGetThere({ place: { integration } }: { place: Place }) {
  const kind = kinds[integration]
  if (!kind) return null
  return (
    <Note tone="hint" title={t('How meetings get there')}>
      {'elsewhere' in kind.put ? kind.put.elsewhere : t('Open a meeting and choose “Put it in…”.')}
    </Note>
  )
}
