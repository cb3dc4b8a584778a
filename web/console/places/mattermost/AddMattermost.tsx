import { Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api, type NewMattermostServer } from '../../client.ts'
import { text } from '../../forms/fields.ts'
import { kindWords } from '../../words.ts'
import { AddForm, Lead } from '../AddForm.tsx'
import type { AddProps } from '../kind.ts'
import { t } from '../../language.ts'
import { kindsFor, useFittingApps } from './useFittingApps.ts'

type Level = NewMattermostServer['level']

const fields = ['name', 'url', 'bot_token', 'level', 'zoom_app_id', 'trust_emails', 'url_secret'] as const

export function AddMattermost({ onAdded }: AddProps) {
  const [level, setLevel] = useState<Level>('user')
  const apps = useFittingApps(level)
  return (
    <AddForm
      action={t('Connect Mattermost')}
      fields={fields}
      add={(form) => api.addMattermost(newServer(form, level))}
      onAdded={({ id }) => onAdded(id)}
    >
      {(at) => (
        <>
          <Lead>
            {t(
              'In Mattermost open Integrations, Bot Accounts, “Add Bot Account”, with the role System Admin so that it can make the command /zoom, and copy its token. Mattermost shows it once.',
            )}
          </Lead>
          <TextInput
            {...at('name')}
            label={t('Name')}
            placeholder={t('Mattermost')}
            required
            maxLength={100}
            data-autofocus
          />
          <TextInput
            {...at('url')}
            type="url"
            label={t('Site URL')}
            placeholder="https://chat.school.example"
            required
            autoComplete="off"
          />
          <PasswordInput
            {...at('bot_token')}
            label={t('Token of the bot')}
            description={t('Kept encrypted and never shown again')}
            required
            autoComplete="off"
          />
          <NativeSelect
            {...at('level')}
            label={t('Whose meetings')}
            value={level}
            onChange={(change) => setLevel(change.currentTarget.value === 'account' ? 'account' : 'user')}
            data={[
              { value: 'user', label: t('Each person’s own, by /zoom connect') },
              { value: 'account', label: t('The account’s, known by e-mail') },
            ]}
          />
          {level === 'account' && (
            <Checkbox
              {...at('trust_emails')}
              label={t('This server’s e-mail addresses are right')}
              description={t('For a server that does not verify them, but takes them from a directory')}
            />
          )}
          <NativeSelect
            {...at('zoom_app_id')}
            label={t('Zoom app')}
            description={t('{{kinds}}, as this needs', {
              kinds: kindsFor[level].map((kind) => kindWords[kind]).join(t(' or ')),
            })}
            data={
              apps.length > 0
                ? apps.map(({ id, name }) => ({ value: id, label: name }))
                : [{ value: '', label: t('None of this kind yet') }]
            }
          />
          <PasswordInput
            {...at('url_secret')}
            label={t('Webhook secret of the Zoom plugin')}
            description={t('Only where Greenroom takes the plugin’s place: its old addresses stay good')}
            autoComplete="off"
          />
        </>
      )}
    </AddForm>
  )
}

function newServer(form: FormData, level: Level): NewMattermostServer {
  const [zoom_app_id, url_secret] = [text(form, 'zoom_app_id'), text(form, 'url_secret')]
  return {
    name: text(form, 'name'),
    url: text(form, 'url'),
    bot_token: text(form, 'bot_token'),
    level,
    trust_emails: form.has('trust_emails'),
    ...(zoom_app_id && { zoom_app_id }),
    ...(url_secret && { url_secret }),
  }
}
