import { TextInput } from '@mantine/core'
import { api } from '../client.ts'
import { errorAt, text } from '../forms/fields.ts'
import type { Kind } from './kind.ts'
import { AboutMattermost } from './mattermost/AboutMattermost.tsx'
import { AddMattermost } from './mattermost/AddMattermost.tsx'
import { TakePost } from './mattermost/TakePost.tsx'
import { t } from '../language.ts'

export const mattermost: Kind = {
  word: t('Mattermost'),
  icon: 'channel',
  says: t('The command /zoom, and posts in channels that say how the meeting stands'),
  Add: AddMattermost,
  About: AboutMattermost,
  Change: TakePost,
  remove: api.deleteMattermost,
  put: {
    action: t('Post it'),
    fields: ['target.channel_id'],
    Fields,
    target: (form) => ({ channel_id: text(form, 'channel_id') }),
  },
}

function Fields({ error }: { error: Error | null }) {
  return (
    <TextInput
      name="channel_id"
      label={t('Channel ID')}
      description={t('In Mattermost: the channel’s name, “View Info”, at the bottom')}
      required
      error={errorAt(error, 'target.channel_id')}
    />
  )
}
