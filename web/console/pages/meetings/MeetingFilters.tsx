import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { MeetingState } from '../../api.d.ts'
import type { MeetingQuery } from '../../client.ts'
import { t } from '../../language.ts'
import { queries } from '../../queries.ts'
import { PlaceSelect } from '../../forms/PlaceSelect.tsx'
import { dayIn, daysIn } from '../../times.ts'
import { HostFilter } from './HostFilter.tsx'
import { meetingWords } from '../../words.ts'

const states = ['scheduled', 'started', 'ended', 'cancelled', 'gone'] satisfies MeetingState[]

/** What the address narrows the list to: a bookmark of it is a view that one keeps. */
export function chosenIn(query: URLSearchParams): Omit<MeetingQuery, 'when' | 'q'> {
  const state = states.find((each) => each === query.get('state'))
  const kind = (['meeting', 'webinar'] as const).find((each) => each === query.get('kind'))
  const [place_id, host] = ['place', 'host'].map((name) => query.get(name))
  return {
    ...(state && { state }),
    ...(kind && { kind }),
    ...(place_id && { place_id }),
    ...(host && { host }),
    ...daysIn(query),
  }
}

interface MeetingFiltersProps {
  query: URLSearchParams
  onChange: (name: string, value: string) => void
}

export function MeetingFilters({ query, onChange }: MeetingFiltersProps) {
  const at = (name: string, value = query.get(name) ?? '') => ({
    value,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => onChange(name, currentTarget.value),
  })
  return (
    <>
      <NativeSelect
        aria-label={t('Kind')}
        {...at('kind')}
        data={[
          { value: '', label: t('Meetings and webinars') },
          { value: 'meeting', label: t('Meetings') },
          { value: 'webinar', label: t('Webinars') },
        ]}
      />
      <NativeSelect
        aria-label={t('State')}
        {...at('state')}
        data={[
          { value: '', label: t('Every state') },
          ...states.map((value) => ({ value, label: meetingWords[value].word })),
        ]}
      />
      <PlaceFilter id={query.get('place') ?? ''} onChange={(id) => onChange('place', id)} />
      <HostFilter
        key={query.get('host') ?? ''}
        host={query.get('host') ?? ''}
        onChange={(host) => onChange('host', host)}
      />
      <TextInput type="date" aria-label={t('From the day')} {...at('from', dayIn(query, 'from'))} />
      <TextInput type="date" aria-label={t('To the day')} {...at('to', dayIn(query, 'to'))} />
    </>
  )
}

/** Not where there is no place; the one that the address names is asked for by its id. */
function PlaceFilter({ id, onChange }: { id: string; onChange: (id: string) => void }) {
  const any = useQuery(queries.placesToPutIn('')).data?.items ?? []
  const named = useQuery({ ...queries.place(id), enabled: id !== '' })
  if (any.length === 0 && id === '') return null
  if (id !== '' && named.isPending) return null
  return (
    <PlaceSelect
      key={id}
      place={id === '' ? undefined : named.data}
      onChange={(place) => onChange(place?.id ?? '')}
      none={t('Every place')}
    />
  )
}
