import { NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, type NewMattermostServer } from '../client.ts'
import { errorAt, text } from '../forms/fields.ts'
import { queries } from '../queries.ts'
import { AddForm, Lead } from './AddForm.tsx'
import type { AddProps, Kind } from './kind.ts'

export const mattermost: Kind = {
  word: 'Mattermost',
  icon: 'channel',
  says: 'The command /zoom, and posts in channels that say how the meeting stands',
  Add,
  put: {
    action: 'Post it',
    fields: ['target.channel_id'],
    Fields,
    target: (form) => ({ channel_id: text(form, 'channel_id') }),
  },
}

const fields = ['name', 'url', 'bot_token', 'level', 'zoom_app_id'] as const

function Add({ onAdded }: AddProps) {
  const apps = useQuery(queries.zoomApps()).data?.items ?? []
  return (
    <AddForm
      action="Connect Mattermost"
      fields={fields}
      add={(form) => api.addMattermost(newServer(form))}
      onAdded={({ id }) => onAdded(id)}
    >
      {(at) => (
        <>
          <Lead>
            In Mattermost’s System Console switch on bot accounts and personal access tokens; then, under Integrations,
            Bot Accounts, add a bot “greenroom” with the role System Admin and copy its token.
          </Lead>
          <TextInput {...at('name')} label="Name" placeholder="Mattermost" required maxLength={100} data-autofocus />
          <TextInput {...at('url')} label="Address" type="url" placeholder="https://chat.school.example" required />
          <PasswordInput
            {...at('bot_token')}
            label="Token of the bot"
            description="Kept encrypted and never shown again"
            required
            autoComplete="off"
          />
          <NativeSelect
            {...at('zoom_app_id')}
            label="Zoom app"
            data={apps.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <NativeSelect
            {...at('level')}
            label="Whose meetings"
            data={[
              { value: 'user', label: 'Each person connects to Zoom by /zoom connect' },
              { value: 'account', label: 'The whole account: people are known by their e-mail' },
            ]}
          />
        </>
      )}
    </AddForm>
  )
}

const newServer = (form: FormData): NewMattermostServer => ({
  name: text(form, 'name'),
  url: text(form, 'url'),
  bot_token: text(form, 'bot_token'),
  zoom_app_id: text(form, 'zoom_app_id'),
  level: text(form, 'level') === 'account' ? 'account' : 'user',
})

function Fields({ error }: { error: Error | null }) {
  return (
    <TextInput
      name="channel_id"
      label="Channel ID"
      description="In Mattermost: the channel’s name, “View Info”, at the bottom"
      required
      maxLength={26}
      error={errorAt(error, 'target.channel_id')}
    />
  )
}
