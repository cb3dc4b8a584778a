import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Place } from '../api.d.ts'
import { t } from '../language.ts'
import { kindWord } from '../places/kinds.ts'
import { queries } from '../queries.ts'

interface PlaceSelectProps {
  /** Undefined: none is chosen, which is then possible. */
  place: Place | undefined
  onChange: (place: Place | undefined) => void
  label?: string
  /** Stands where none is chosen. */
  none?: string
}

/** One of the places that are switched on, by its name: the hub searches, however many there are. */
export function PlaceSelect({ place, onChange, label, none }: PlaceSelectProps) {
  const shown = place ? labelOf(place) : ''
  const [words, setWords] = useState(shown)
  const [q] = useDebouncedValue(words.trim(), 200)
  const found = useQuery(queries.placesToPutIn(q === shown ? '' : q)).data?.items ?? []
  const offered = place && !found.some(({ id }) => id === place.id) ? [place, ...found] : found
  return (
    <Select
      {...(label === undefined ? { 'aria-label': t('Place') } : { label })}
      {...(none === undefined ? {} : { placeholder: none, clearable: true, clearButtonProps: { 'aria-label': none } })}
      data={offered.map((each) => ({ value: each.id, label: labelOf(each) }))}
      value={place?.id ?? null}
      onChange={(id) => onChange(offered.find((each) => each.id === id))}
      searchValue={words}
      onSearchChange={setWords}
      // The hub has searched already. The chosen one is known beside what it found, for its name.
      filter={({ options }) => options.filter((each) => 'value' in each && found.some(({ id }) => id === each.value))}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t('No place of this name')}
    />
  )
}

function labelOf({ name, integration }: Place): string {
  const kind = kindWord(integration)
  return name === kind ? name : `${name} (${kind})`
}
