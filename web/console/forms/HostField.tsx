import { Autocomplete } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ZoomUser } from '../api.d.ts'
import { queries } from '../queries.ts'
import classes from './NewMeetingForm.module.css'
import { t } from '../language.ts'

/** One of the account's people, or an e-mail that is not among them. */
export function HostField({ error }: { error: string | undefined }) {
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed, 200)
  const users = useQuery(queries.zoomUsers(q)).data?.items ?? []
  const byEmail = new Map(users.map((user) => [user.email, user]))
  return (
    <Autocomplete
      name="host"
      label={t('Host')}
      description={t('A person of the Zoom account, by name or e-mail')}
      required
      value={typed}
      onChange={setTyped}
      data={[...byEmail.keys()]}
      filter={({ options }) => options} // the hub has searched already, also in names
      renderOption={({ option }) => <Person email={option.value} user={byEmail.get(option.value)} />}
      error={error}
      autoComplete="off"
    />
  )
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
