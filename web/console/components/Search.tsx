import { Anchor, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { t } from '../language.ts'
import { Icon } from './Icon.tsx'

interface Searched {
  value: string
  onChange: (value: string) => void
}

/** What a list is searched for: `q` follows a quarter of a second after the last key. */
export function useSearch(begin = ''): { q: string; field: Searched } {
  const [value, onChange] = useState(begin)
  const [q] = useDebouncedValue(value.trim(), 250)
  return { q, field: { value, onChange } }
}

export function Search({ label, placeholder, value, onChange }: Searched & { label: string; placeholder: string }) {
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<Icon name="search" />}
      value={value}
      onChange={(input) => onChange(input.currentTarget.value)}
    />
  )
}

/** The list, as far as it is narrowed, as a table. */
export function CsvLink({ href }: { href: string }) {
  return (
    <Anchor href={href} size="sm" download>
      {t('CSV')}
    </Anchor>
  )
}
