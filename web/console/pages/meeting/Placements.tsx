import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { Meeting, Placement } from '../../api.d.ts'
import { DataTable } from '../../components/DataTable.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing, More } from '../../components/Listing.tsx'
import { Panel } from '../../components/Panel.tsx'
import { usePart } from '../../components/part.ts'
import { State } from '../../components/State.tsx'
import { useMay } from '../../may.ts'
import { paths } from '../../paths.ts'
import { kinds, kindWord } from '../../places/kinds.ts'
import { queries } from '../../queries.ts'
import { placementWords } from '../../words.ts'
import classes from './Placements.module.css'
import { PutItIn } from './PutItIn.tsx'
import { t } from '../../language.ts'

/** Where the meeting shows up. */
export function Placements({ meeting }: { meeting: Meeting }) {
  const placements = useQuery(queries.placements(meeting.id))
  const { shown, more } = usePart(placements.data?.items ?? [])
  const mayPut = useMay('operator')
  return (
    <Panel title={t('Places')} actions={mayPut && <PutItIn meeting={meeting} />}>
      <Listing
        answer={placements}
        lines={1}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <p className={classes['empty']}>{t('Nowhere yet but in Zoom. Put it in a channel or on a web site.')}</p>
        }
      >
        {() => (
          <DataTable
            label={t('Places')}
            rows={shown}
            keyOf={(placement) => placement.id}
            dim={(placement) => placement.state === 'removed'}
            columns={[
              { header: t('Place'), cell: (placement) => <Where placement={placement} /> },
              { header: t('Shown as'), cell: (placement) => placement.title },
              { header: t('Since'), cell: (placement) => <Instant at={placement.created_at} as="ago" /> },
              { header: t('State'), cell: (placement) => <State {...placementWords[placement.state]} /> },
              { header: t('Link'), quiet: true, align: 'end', cell: (placement) => <Open placement={placement} /> },
              { header: t('Change'), quiet: true, align: 'end', cell: (placement) => <Change placement={placement} /> },
            ]}
          />
        )}
      </Listing>
      <More answer={more} />
    </Panel>
  )
}

function Where({ placement: { integration, place_id, place_name } }: { placement: Placement }) {
  return (
    <span className={classes['place']}>
      <Icon name={kinds[integration]?.icon ?? 'places'} />
      <Link to={paths.place(place_id)} className={classes['name']}>
        {place_name}
      </Link>
      {place_name !== kindWord(integration) && <span className={classes['kind']}>{kindWord(integration)}</span>}
    </span>
  )
}

function Open({ placement: { url, state, place_name } }: { placement: Placement }) {
  if (!url || state === 'removed') return null
  return (
    <Anchor
      href={url}
      target="_blank"
      rel="noreferrer"
      size="sm"
      aria-label={t('Open in {{place_name}}', { place_name })}
    >
      {t('Open')}
    </Anchor>
  )
}

function Change({ placement }: { placement: Placement }) {
  const Known = kinds[placement.integration]?.Change
  return Known && placement.state !== 'removed' ? <Known placement={placement} /> : null
}
