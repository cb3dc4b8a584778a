import { Button, Checkbox, Group, NativeSelect, PasswordInput, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type MattermostServer, type MattermostServerChange } from '../../client.ts'
import { Trouble } from '../../components/Notice.tsx'
import { errorAt, errorBeside, text } from '../../forms/fields.ts'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'
import { queries } from '../../queries.ts'
import { useFittingApps } from './useFittingApps.ts'

/** What may be another one later: secrets are entered anew and never shown. */
export function ChangeMattermost({ server }: { server: MattermostServer }) {
  const [opened, { open, close }] = useDisclosure()
  const mayChange = useMay('admin')
  if (!mayChange) return null
  if (opened) return <ChangeForm server={server} onDone={close} />
  return (
    <div>
      <Button variant="default" size="xs" onClick={open}>
        {t('Change')}
      </Button>
    </div>
  )
}

const fields = ['bot_token', 'zoom_app_id', 'trust_emails', 'meeting_ids', 'command_tokens'] as const

function ChangeForm({ server, onDone }: { server: MattermostServer; onDone: () => void }) {
  const queryClient = useQueryClient()
  const apps = useFittingApps(server.level)
  const [app, setApp] = useState(server.zoom_app_id ?? '')
  const change = useMutation({
    mutationFn: (body: MattermostServerChange) => api.changeMattermost(server.id, body),
    onSuccess: (changed) => {
      queryClient.setQueryData(queries.mattermost(server.id).queryKey, changed)
      void queryClient.invalidateQueries({ queryKey: queries.place(server.id).queryKey })
      onDone()
    },
  })
  const at = (field: (typeof fields)[number]) => ({ name: field, error: errorAt(change.error, field) })
  const beside = errorBeside(change.error, fields)
  return (
    <form
      aria-label={t('Change {{name}}', { name: server.name })}
      autoComplete="off"
      onSubmit={(submit) => {
        submit.preventDefault()
        change.mutate(changeOf(new FormData(submit.currentTarget), server))
      }}
    >
      <Stack gap="md">
        <PasswordInput
          {...at('bot_token')}
          label={t('New token of the bot')}
          description={t('Empty: the one that is here stays. Mattermost is asked whether the new one is right')}
          autoComplete="off"
        />
        <PasswordInput
          {...at('command_tokens')}
          label={t('Token of a slash command that was made by hand')}
          description={t('Empty: those that are here stay')}
          autoComplete="off"
        />
        <NativeSelect
          {...at('zoom_app_id')}
          label={t('Zoom app')}
          description={
            server.level === 'user'
              ? t('Whoever is connected goes on with the one before; others connect to this one')
              : t('With another one an administrator of the Zoom account consents anew')
          }
          value={app}
          onChange={({ currentTarget: { value } }) => setApp(value)}
          data={[
            ...(server.zoom_app_id === null ? [{ value: '', label: t('It was removed') }] : []),
            ...apps.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <NativeSelect
          {...at('meeting_ids')}
          label={t('Meetings begun from a channel')}
          defaultValue={server.meeting_ids}
          data={[
            { value: 'unique', label: t('Each with an ID of its own') },
            { value: 'personal', label: t('In the person’s own room (PMI)') },
          ]}
        />
        {server.level === 'account' && (
          <Checkbox
            {...at('trust_emails')}
            label={t('This server’s e-mail addresses are right')}
            description={t('For a server that does not verify them, but takes them from a directory')}
            defaultChecked={server.trust_emails}
          />
        )}
        {beside && <Trouble error={beside} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t('Close')}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t('Save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function changeOf(form: FormData, server: MattermostServer): MattermostServerChange {
  const [bot_token, token] = [text(form, 'bot_token'), text(form, 'command_tokens')]
  const zoom_app_id = text(form, 'zoom_app_id')
  return {
    ...(zoom_app_id && zoom_app_id !== server.zoom_app_id && { zoom_app_id }),
    meeting_ids: text(form, 'meeting_ids') === 'personal' ? 'personal' : 'unique',
    ...(server.level === 'account' && { trust_emails: form.has('trust_emails') }),
    ...(bot_token && { bot_token }),
    ...(token && { command_tokens: [{ token }] }),
  }
}
