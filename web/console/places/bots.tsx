import { TextInput } from '@mantine/core'
import { errorAt, text } from '../forms/fields.ts'
import { AboutBots } from './bots/AboutBots.tsx'
import { AddBots } from './bots/AddBots.tsx'
import { TakeBot } from './bots/TakeBot.tsx'
import type { Kind } from './kind.ts'
import { t } from '../language.ts'

export const bots: Kind = {
  word: t('Bots'),
  icon: 'bot',
  says: t('A bot that goes to the meeting, sent by an app of yours or from the meeting’s page'),
  Add: AddBots,
  About: AboutBots,
  Change: TakeBot,
  put: {
    action: t('Send the bot'),
    fields: ['target.bot_name'],
    Fields,
    target: (form) => ({ bot_name: text(form, 'bot_name') }),
  },
}

function Fields({ error }: { error: Error | null }) {
  return (
    <TextInput
      name="bot_name"
      label={t('Name of the bot')}
      description={t('As the others in the meeting see it. It goes there at once')}
      defaultValue={t('Greenroom bot')}
      required
      maxLength={200}
      error={errorAt(error, 'target.bot_name')}
    />
  )
}
