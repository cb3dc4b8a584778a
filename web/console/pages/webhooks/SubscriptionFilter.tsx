import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { t } from '../../language.ts'
import { queries } from '../../queries.ts'

/** One of the webhooks, found by its name or address. */
export function SubscriptionFilter({ id, onChange }: { id: string; onChange: (id: string) => void }) {
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState<{ value: string; label: string }>()
  const [q] = useDebouncedValue(words.trim(), 200)
  const found = useQuery(queries.subscriptionsFound(q === chosen?.label ? '' : q)).data?.items ?? []
  const options = found.map((each) => ({ value: each.id, label: each.name }))
  return (
    <Select
      aria-label={t('To')}
      placeholder={t('Every webhook')}
      data={chosen && !options.some(({ value }) => value === chosen.value) ? [chosen, ...options] : options}
      value={id || null}
      onChange={(value, option) => {
        setChosen(option ?? undefined)
        onChange(value ?? '')
      }}
      searchValue={words}
      onSearchChange={setWords}
      filter={({ options: all }) => all} // the hub has searched already, also in addresses
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('Every webhook') }}
      nothingFoundMessage={t('No webhook of this name')}
    />
  )
}
