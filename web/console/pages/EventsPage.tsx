import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { EventState } from '../api.d.ts'
import type { EventQuery } from '../client.ts'
import { Icon } from '../components/Icon.tsx'
import { Nothing } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { State } from '../components/State.tsx'
import { Toolbar } from '../components/Toolbar.tsx'
import { eventWords } from '../words.ts'
import { EventDrawer } from './events/EventDrawer.tsx'
import { EventList } from './events/EventList.tsx'

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
  const [typed, setTyped] = useState({ event: query.get('event') ?? '', q: '' })
  const [{ event, q }] = useDebouncedValue(typed, 250)
  const state = states.find((each) => each === query.get('state'))
  const filter: EventQuery = { ...(state && { state }), ...(event && { event }), ...(q && { q }) }
  const filtered = Object.keys(filter).length > 0

  return (
    <>
      <PageHeader
        title="Events"
        beside={live ? <State word="Live" tone="live" /> : <State word="Paused" tone="quiet" />}
        actions={
          <Button
            variant="default"
            leftSection={<Icon name={live ? 'pause' : 'play'} />}
            onClick={() => setLive(!live)}
          >
            {live ? 'Pause' : 'Go live'}
          </Button>
        }
      />
      <Toolbar>
        <NativeSelect
          aria-label="State"
          data={[
            { value: '', label: 'Every state' },
            ...states.map((each) => ({ value: each, label: eventWords[each].word })),
          ]}
          value={state ?? ''}
          onChange={(chosen) => change('state', chosen.currentTarget.value)}
        />
        <TextInput
          aria-label="Name of the event"
          placeholder="Event, e.g. meeting.started"
          value={typed.event}
          onChange={(input) => setTyped({ ...typed, event: input.currentTarget.value.trim() })}
        />
        <TextInput
          type="search"
          aria-label="Search in what Zoom sent"
          placeholder="Words in what Zoom sent"
          leftSection={<Icon name="search" />}
          value={typed.q}
          onChange={(input) => setTyped({ ...typed, q: input.currentTarget.value })}
        />
      </Toolbar>
      <Panel>
        <EventList
          filter={filter}
          live={live}
          onOlder={() => setLive(false)}
          onChosen={(id) => change('id', id)}
          empty={
            filtered ? (
              <Nothing icon="search" title="No event fits">
                Take a filter away to see more.
              </Nothing>
            ) : (
              <Nothing icon="events" title="No event yet">
                Each event that Zoom sends stands here a moment later, with what became of it.
              </Nothing>
            )
          }
        />
      </Panel>
      <EventDrawer id={query.get('id')} onClose={() => change('id', '')} />
    </>
  )
}
