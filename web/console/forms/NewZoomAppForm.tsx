import { Button, Checkbox, Group, NativeSelect, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { NewZoomApp, ZoomApp } from '../api.d.ts'
import { api } from '../client.ts'
import { Trouble } from '../components/Notice.tsx'
import { kindWords } from '../words.ts'
import { errorAt, errorBeside, text } from './fields.ts'
import classes from './NewZoomAppForm.module.css'
import { MarketplaceLink, usualZoom, WhichZoom, type ZoomBase } from './WhichZoom.tsx'
import { Sentence } from '../components/Sentence.tsx'
import { t } from '../language.ts'

const fields = ['kind', 'name', 'account_id', 'client_id', 'client_secret', 'secret_token', 'meeting_sdk'] as const
const baseFields = ['oauth_base', 'api_base'] as const

/** What each kind is for, and the way to it at Zoom’s Marketplace, which “<zoom>” is called by its host. */
const about = {
  server_to_server: {
    is: t('The whole account, without anybody’s consent'),
    way: t(
      'At <zoom>marketplace.zoom.us</zoom> choose Develop, Build app, Server-to-Server OAuth. Its page “App Credentials” shows the ID of the account and the credentials.',
    ),
  },
  user_managed: {
    is: t('Each person consents for their own meetings'),
    way: t(
      'At <zoom>marketplace.zoom.us</zoom> choose Develop, Build app, General app, User-managed. Its page “Basic information” shows the credentials.',
    ),
  },
  admin_managed: {
    is: t('An administrator consents for the account'),
    way: t(
      'At <zoom>marketplace.zoom.us</zoom> choose Develop, Build app, General app, Admin-managed. Its page “Basic information” shows the credentials.',
    ),
  },
} satisfies Record<NewZoomApp['kind'], { is: string; way: string }>
const kinds = Object.keys(about) as NewZoomApp['kind'][]

interface NewZoomAppFormProps {
  onCreated: (app: ZoomApp) => void
  /** What has been chosen before, and is not asked again. */
  preset?: Pick<NewZoomApp, 'kind' | 'purposes' | 'meeting_sdk' | 'scope_family'> & { zoom: ZoomBase }
}

/** Takes over the credentials of a Marketplace app. Secrets go in and never come out again. */
export function NewZoomAppForm({ onCreated, preset }: NewZoomAppFormProps) {
  const queryClient = useQueryClient()
  const create = useMutation({
    mutationFn: api.createZoomApp,
    onSuccess: (app) => {
      void queryClient.invalidateQueries({ queryKey: ['zoom_apps'] })
      void queryClient.invalidateQueries({ queryKey: ['connections'] })
      onCreated(app)
    },
  })
  const [chosen, setKind] = useState<NewZoomApp['kind']>('server_to_server')
  const kind = preset?.kind ?? chosen
  const [zoom, setZoom] = useState(preset?.zoom ?? usualZoom)
  const beside = errorBeside(create.error, preset ? fields : [...fields, ...baseFields])
  const at = (field: (typeof fields)[number]) => ({ name: field, error: errorAt(create.error, field) })

  return (
    <form
      autoComplete="off"
      onSubmit={(submit) => {
        submit.preventDefault()
        create.mutate({
          ...newZoomApp(new FormData(submit.currentTarget), kind),
          ...(preset?.zoom ?? zoom),
          ...(preset ? { purposes: preset.purposes ?? [] } : {}),
          ...(preset?.scope_family ? { scope_family: preset.scope_family } : {}),
        })
      }}
    >
      <Stack gap="md">
        {!preset && (
          <>
            <NativeSelect
              {...at('kind')}
              label={t('Kind')}
              value={kind}
              onChange={(change) => setKind(kinds.find((each) => each === change.currentTarget.value) ?? kind)}
              data={kinds.map((value) => ({ value, label: kindWords[value] }))}
              description={about[kind].is}
              data-autofocus
            />
            <p className={classes['lead']}>
              <Sentence
                text={about[kind].way}
                parts={{
                  zoom: () => <MarketplaceLink oauth_base={zoom.oauth_base} />,
                }}
              />
            </p>
          </>
        )}
        <TextInput
          {...at('name')}
          label={t('Name')}
          description={t('As your people will see it here')}
          required
          maxLength={100}
        />
        {kind === 'server_to_server' && <TextInput {...at('account_id')} label={t('Account ID')} required />}
        <TextInput {...at('client_id')} label={t('Client ID')} required />
        <PasswordInput
          {...at('client_secret')}
          label={t('Client secret')}
          description={t('Kept encrypted and never shown again')}
          required
          autoComplete="off"
        />
        <PasswordInput
          {...at('secret_token')}
          label={t('Secret token')}
          description={t('From the page “Feature”. Zoom signs its events with it; without it no event can be taken')}
          autoComplete="off"
        />
        {kind !== 'server_to_server' && (
          <Checkbox
            {...at('meeting_sdk')}
            key={String(preset?.meeting_sdk)}
            defaultChecked={preset?.meeting_sdk ?? false}
            label={t('Carries the Meeting SDK')}
            description={t('Switched on at the page “Embed”: for joining in the browser, and for bots')}
          />
        )}
        {!preset?.zoom && (
          <WhichZoom
            value={zoom}
            onChange={setZoom}
            errors={{
              oauth_base: errorAt(create.error, 'oauth_base'),
              api_base: errorAt(create.error, 'api_base'),
            }}
          />
        )}
        {beside && <Trouble error={beside} />}
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t('Add Zoom app')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function newZoomApp(form: FormData, kind: NewZoomApp['kind']): Omit<NewZoomApp, keyof ZoomBase> {
  const [secret_token, account_id] = [text(form, 'secret_token'), text(form, 'account_id')]
  return {
    kind,
    name: text(form, 'name'),
    client_id: text(form, 'client_id'),
    client_secret: text(form, 'client_secret'),
    meeting_sdk: form.has('meeting_sdk'),
    ...(account_id && { account_id }),
    ...(secret_token && { secret_token }),
  }
}
