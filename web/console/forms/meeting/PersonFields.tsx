import { Autocomplete, TagsInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ZoomUser } from '../../api.d.ts'
import { t } from '../../language.ts'
import { queries } from '../../queries.ts'
import classes from './MeetingForm.module.css'

interface PersonFieldProps {
  label: string
  description?: string | undefined
  value: string
  onChange: (value: string) => void
  error: string | undefined
  required?: boolean
}

/** One of the account's people, or an e-mail that is not among them. */
export function PersonField({ value, onChange, error, ...field }: PersonFieldProps) {
  const { byEmail } = usePeople(value)
  return (
    <Autocomplete
      {...field}
      value={value}
      onChange={onChange}
      data={[...byEmail.keys()]}
      filter={({ options }) => options} // the hub has searched already, also in names
      renderOption={({ option }) => <Person email={option.value} user={byEmail.get(option.value)} />}
      error={error}
      autoComplete="off"
    />
  )
}

interface PeopleFieldProps {
  label: string
  description?: string | undefined
  value: string[]
  onChange: (value: string[]) => void
  error: string | undefined
  disabled?: boolean
}

/** Several of the account's people, by name or e-mail. */
export function PeopleField({ value, onChange, ...field }: PeopleFieldProps) {
  const [typed, setTyped] = useState('')
  const { byEmail } = usePeople(typed)
  return (
    <TagsInput
      {...field}
      value={value}
      onChange={(next) => onChange(next.map((each) => each.trim().toLowerCase()))}
      searchValue={typed}
      onSearchChange={setTyped}
      data={[...byEmail.keys()].filter((email) => !value.includes(email))}
      filter={({ options }) => options}
      renderOption={({ option }) => <Person email={option.value} user={byEmail.get(option.value)} />}
      acceptValueOnBlur
      splitChars={[',', ';', ' ']}
      placeholder={value.length === 0 ? t('Name or e-mail') : ''}
    />
  )
}

function usePeople(words: string): { byEmail: Map<string, ZoomUser> } {
  const [q] = useDebouncedValue(words, 200)
  const users = useQuery(queries.zoomUsers(q)).data?.items ?? []
  return { byEmail: new Map(users.map((user) => [user.email, user])) }
}

/** The account's user with exactly this e-mail. */
export function useZoomUser(email: string): ZoomUser | undefined {
  const [q] = useDebouncedValue(email.trim(), 200)
  const users = useQuery({ ...queries.zoomUsers(q), enabled: q !== '' }).data?.items ?? []
  return users.find((user) => user.email.toLowerCase() === email.trim().toLowerCase())
}

function Person({ email, user }: { email: string; user: ZoomUser | undefined }) {
  return (
    <span className={classes['person']}>
      <span>{user?.display_name ?? email}</span>
      <span className={classes['email']}>
        {[user?.display_name && email, user?.type === 1 && t('Basic: at most 40 minutes')].filter(Boolean).join(' · ')}
      </span>
    </span>
  )
}
