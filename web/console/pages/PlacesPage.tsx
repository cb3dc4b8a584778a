import { Button, NativeSelect } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { Place } from '../api.d.ts'
import type { PlaceQuery } from '../client.ts'
import { DataTable, rowLink } from '../components/DataTable.tsx'
import { Icon } from '../components/Icon.tsx'
import { Instant } from '../components/Instant.tsx'
import { Listing, More } from '../components/Listing.tsx'
import { Nothing } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { State } from '../components/State.tsx'
import { Toolbar } from '../components/Toolbar.tsx'
import { useMay } from '../may.ts'
import { outside, paths } from '../paths.ts'
import { kinds, kindWord } from '../places/kinds.ts'
import { queries } from '../queries.ts'
import { placeWords } from '../words.ts'
import { HealthWord } from './places/Health.tsx'
import { NewPlaceDrawer } from './places/NewPlaceDrawer.tsx'
import { PlaceDrawer } from './places/PlaceDrawer.tsx'
import { ZoomAppOf } from './places/ZoomAppOf.tsx'
import { t } from '../language.ts'
import { CsvLink, Search, useSearch } from '../components/Search.tsx'

export function PlacesPage() {
  const [query, setQuery] = useSearchParams()
  const navigate = useNavigate()
  const integration = query.get('kind') ?? ''
  const search = useSearch(query.get('q') ?? '')
  const { q } = search
  const kept = { ...(integration ? { kind: integration } : {}), ...(q ? { q } : {}) }
  useEffect(() => {
    if (q === (query.get('q') ?? '')) return
    const next = new URLSearchParams(query)
    if (q) next.set('q', q)
    else next.delete('q')
    setQuery(next, { replace: true })
  }, [q, query, setQuery])
  const filter = { ...(integration ? { integration } : {}), ...(q ? { q } : {}) }
  const mayAdd = useMay('admin')
  const close = () => setQuery(kept, { replace: true })
  const add = mayAdd && (
    <Button component={Link} to={paths.new_place()} leftSection={<Icon name="plus" />}>
      {t('Add a place')}
    </Button>
  )

  return (
    <>
      <PageHeader
        title={t('Places')}
        actions={
          <>
            <Button component={Link} to={paths.webhooks()} variant="default" leftSection={<Icon name="outside" />}>
              {t('Webhooks')}
            </Button>
            {add}
          </>
        }
      >
        {t('The courses, channels, pages and bots in which meetings show up.')}
      </PageHeader>
      <Toolbar>
        <NativeSelect
          aria-label={t('Kind of place')}
          value={integration}
          onChange={(change) => setQuery({ ...kept, kind: change.currentTarget.value }, { replace: true })}
          data={[
            { value: '', label: t('Every kind') },
            ...Object.entries(kinds).map(([value, { word }]) => ({ value, label: word })),
          ]}
        />
        <Search label={t('Search places')} placeholder={t('Name')} {...search.field} />
        <CsvLink href={outside.list_csv('places', filter)} />
      </Toolbar>
      <Panel>
        <PlaceList
          filter={filter}
          empty={
            <Nothing icon="places" title={integration ? t('None of this kind') : t('No place yet')} action={add}>
              {t('Connect an LMS, a Mattermost server or a web site, and meetings can be put there.')}
            </Nothing>
          }
        />
      </Panel>
      <NewPlaceDrawer
        kind={query.get('new')}
        onAdded={(place_id) => void navigate(paths.place(place_id), { replace: true })}
        onClose={close}
      />
      <PlaceDrawer id={query.get('place')} onClose={close} />
    </>
  )
}

function PlaceList({ filter, empty }: { filter: PlaceQuery; empty: ReactNode }) {
  const answer = useInfiniteQuery(queries.places(filter))
  return (
    <Listing
      answer={answer}
      isEmpty={({ pages }) => pages[0]?.items.length === 0}
      empty={
        filter.q ? (
          <Nothing icon="search" title={t('Nothing fits “{{words}}”', { words: filter.q })}>
            {t('Look for another word, or under every kind.')}
          </Nothing>
        ) : (
          empty
        )
      }
    >
      {({ pages }) => (
        <>
          <Found places={pages.flatMap(({ items }) => items)} />
          <More answer={answer} />
        </>
      )}
    </Listing>
  )
}

function Found({ places }: { places: Place[] }) {
  return (
    <DataTable
      label={t('Places')}
      rows={places}
      keyOf={(place) => place.id}
      dim={(place) => place.state === 'off'}
      columns={[
        {
          header: t('Name'),
          cell: (place) => (
            <Link className={rowLink} to={paths.place(place.id)}>
              {place.name}
            </Link>
          ),
        },
        { header: t('Kind'), cell: (place) => kindWord(place.integration) },
        { header: t('Zoom app'), cell: (place) => <ZoomAppOf place={place} /> },
        { header: t('Added'), cell: (place) => <Instant at={place.created_at} as="ago" /> },
        { header: t('Health'), cell: ({ health }) => <HealthWord health={health} /> },
        { header: t('State'), cell: (place) => <State {...placeWords[place.state]} /> },
      ]}
    />
  )
}
