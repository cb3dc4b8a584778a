import { Autocomplete, Button, NativeSelect } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { EventState } from '../api.d.ts'
import type { EventQuery } from '../client.ts'
import { Icon } from '../components/Icon.tsx'
import { Nothing } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { Replays } from '../components/Replays.tsx'
import { State } from '../components/State.tsx'
import { Toolbar } from '../components/Toolbar.tsx'
import { outside } from '../paths.ts'
import { queries } from '../queries.ts'
import { eventWords } from '../words.ts'
import { EventDrawer } from './events/EventDrawer.tsx'
import { ReplayRange } from './events/ReplayRange.tsx'
import { EventList } from './events/EventList.tsx'
import { t } from '../language.ts'
import { CsvLink, Search, useSearch } from '../components/Search.tsx'

const states = ['waiting', 'handled', 'ignored', 'dead'] satisfies EventState[]

/** Everything that Zoom has sent, as it comes in. */
export function EventsPage() {
  const [query, setQuery] = useSearchParams()
  const [live, setLive] = useState(true)
  const change = (name: string, value: string) =>
    setQuery(
      (now) => {
        if (value) now.set(name, value)
        else now.delete(name)
        return now
      },
      { replace: true },
    )
  const search = useSearch()
  const { q } = search
  const state = states.find((each) => each === query.get('state'))
  const event = query.get('event')
  const filter: EventQuery = { ...(state && { state }), ...(event && { event }), ...(q && { q }) }
  const filtered = Object.keys(filter).length > 0

  return (
    <>
      <PageHeader
        title={t('Events')}
        beside={live ? <State word={t('Live')} tone="live" /> : <State word={t('Paused')} tone="quiet" />}
        actions={
          <>
            <CsvLink href={outside.events_csv(filter)} />
            <ReplayRange state={state} event={event} words={q} />
            <Button
              variant="default"
              leftSection={<Icon name={live ? 'pause' : 'play'} />}
              onClick={() => setLive(!live)}
            >
              {live ? t('Pause') : t('Go live')}
            </Button>
          </>
        }
      />
      <Toolbar>
        <NativeSelect
          aria-label={t('State')}
          data={[
            { value: '', label: t('Every state') },
            ...states.map((each) => ({ value: each, label: eventWords[each].word })),
          ]}
          value={state ?? ''}
          onChange={(chosen) => change('state', chosen.currentTarget.value)}
        />
        <EventName chosen={event ?? ''} onChosen={(name) => change('event', name)} />
        <Search label={t('Search in what Zoom sent')} placeholder={t('Words in what Zoom sent')} {...search.field} />
      </Toolbar>
      <Replays what="events" />
      <Panel>
        <EventList
          filter={filter}
          live={live}
          onOlder={() => setLive(false)}
          onChosen={(id) => change('id', id)}
          empty={
            filtered ? (
              <Nothing icon="search" title={t('No event fits')}>
                {t('Take a filter away to see more.')}
              </Nothing>
            ) : (
              <Nothing icon="events" title={t('No event yet')}>
                {t('Each event that Zoom sends stands here a moment later, with what became of it.')}
              </Nothing>
            )
          }
        />
      </Panel>
      <EventDrawer id={query.get('id')} onClose={() => change('id', '')} />
    </>
  )
}

/** Any name of Zoom's; those that have been seen lately are offered. */
function EventName({ chosen, onChosen }: { chosen: string; onChosen: (name: string) => void }) {
  const seen = useQuery(queries.latestEvents()).data?.items.map(({ event }) => event) ?? []
  const [name, setName] = useState(chosen)
  const later = useDebouncedCallback((said: string) => onChosen(said), 400)
  return (
    <Autocomplete
      aria-label={t('Name of the event')}
      placeholder={t('Every event')}
      data={[...new Set(seen)].toSorted()}
      value={name}
      onChange={(said) => {
        setName(said)
        later(said.trim())
      }}
      clearable
      clearButtonProps={{ 'aria-label': t('Every event') }}
    />
  )
}
