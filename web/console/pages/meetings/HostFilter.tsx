import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { t } from '../../language.ts'
import { queries } from '../../queries.ts'

/** One of the users of Zoom, by name or e-mail. */
export function HostFilter({ host, onChange }: { host: string; onChange: (host: string) => void }) {
  const [words, setWords] = useState(host)
  const [q] = useDebouncedValue(words.trim(), 200)
  const users = useQuery(queries.zoomUsers(q === host ? '' : q)).data?.items ?? []
  const emails = [...new Set([...(host ? [host] : []), ...users.map(({ email }) => email)])]
  return (
    <Select
      aria-label={t('Host')}
      placeholder={t('Every host')}
      data={emails}
      value={host || null}
      onChange={(email) => onChange(email ?? '')}
      searchValue={words}
      onSearchChange={setWords}
      filter={({ options }) => options} // the hub has searched already, also in names
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('Every host') }}
      nothingFoundMessage={t('Nobody of this name')}
    />
  )
}
