import { Button, Group, NativeSelect, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { NewZoomApp, ZoomApp } from '../api.d.ts'
import { api } from '../client.ts'
import { Trouble } from '../components/Notice.tsx'
import { errorAt, errorBeside, text } from './fields.ts'
import classes from './NewZoomAppForm.module.css'

const fields = ['name', 'account_id', 'client_id', 'client_secret', 'secret_token', 'oauth_base', 'api_base'] as const

/** Where a Zoom app lives; each has its own pair of origins. */
const bases = {
  'zoom.us': { oauth_base: 'https://zoom.us', api_base: 'https://api.zoom.us' },
  'zoomgov.com': { oauth_base: 'https://zoomgov.com', api_base: 'https://api.zoomgov.com' },
} as const
const other = 'Another, for example the simulator'

/** Takes over the credentials of a server-to-server app. Secrets go in and never come out again. */
export function NewZoomAppForm({ onCreated }: { onCreated: (app: ZoomApp) => void }) {
  const queryClient = useQueryClient()
  const create = useMutation({
    mutationFn: api.createZoomApp,
    onSuccess: (app) => {
      void queryClient.invalidateQueries({ queryKey: ['zoom_apps'] })
      void queryClient.invalidateQueries({ queryKey: ['connections'] })
      onCreated(app)
    },
  })
  const [base, setBase] = useState<string>('zoom.us')
  const beside = errorBeside(create.error, fields)
  const at = (field: (typeof fields)[number]) => ({ name: field, error: errorAt(create.error, field) })

  return (
    <form
      autoComplete="off"
      onSubmit={(submit) => {
        submit.preventDefault()
        create.mutate(newZoomApp(new FormData(submit.currentTarget)))
      }}
    >
      <Stack gap="md">
        <p className={classes['lead']}>
          At{' '}
          <a href="https://marketplace.zoom.us/develop/create" target="_blank" rel="noreferrer">
            marketplace.zoom.us
          </a>{' '}
          choose Develop, Build app, Server-to-Server OAuth. Its page “App Credentials” shows the first three values.
        </p>
        <TextInput
          {...at('name')}
          label="Name"
          description="As your people will see it here"
          required
          maxLength={100}
          data-autofocus
        />
        <TextInput {...at('account_id')} label="Account ID" required />
        <TextInput {...at('client_id')} label="Client ID" required />
        <PasswordInput
          {...at('client_secret')}
          label="Client secret"
          description="Kept encrypted and never shown again"
          required
          autoComplete="off"
        />
        <PasswordInput
          {...at('secret_token')}
          label="Secret token"
          description="From the page “Feature”. Zoom signs its events with it; without it no event can be taken"
          autoComplete="off"
        />
        <NativeSelect
          name="base"
          label="Zoom"
          value={base}
          onChange={(change) => setBase(change.currentTarget.value)}
          data={[...Object.keys(bases), other]}
        />
        {base === other && (
          <>
            <TextInput {...at('oauth_base')} label="OAuth base" placeholder="http://localhost:8081" required />
            <TextInput {...at('api_base')} label="API base" placeholder="http://localhost:8081" required />
          </>
        )}
        {beside && <Trouble error={beside} />}
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            Add Zoom app
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function newZoomApp(form: FormData): NewZoomApp {
  const secret_token = text(form, 'secret_token')
  const known = Object.entries(bases).find(([name]) => name === text(form, 'base'))?.[1]
  return {
    kind: 'server_to_server',
    name: text(form, 'name'),
    account_id: text(form, 'account_id'),
    client_id: text(form, 'client_id'),
    client_secret: text(form, 'client_secret'),
    ...(secret_token && { secret_token }),
    ...(known ?? { oauth_base: text(form, 'oauth_base'), api_base: text(form, 'api_base') }),
  }
}
