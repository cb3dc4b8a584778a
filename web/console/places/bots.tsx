import { TextInput } from '@mantine/core'
import { errorAt, text } from '../forms/fields.ts'
import { AddBots } from './bots/AddBots.tsx'
import type { Kind } from './kind.ts'

export const bots: Kind = {
  word: 'Bots',
  icon: 'bot',
  says: 'A bot that goes to the meeting, sent by an app of yours or from the meeting’s page',
  Add: AddBots,
  put: {
    action: 'Send the bot',
    fields: ['target.bot_name'],
    Fields,
    target: (form) => ({ bot_name: text(form, 'bot_name') }),
  },
}

function Fields({ error }: { error: Error | null }) {
  return (
    <TextInput
      name="bot_name"
      label="Name of the bot"
      description="As the others in the meeting see it. It goes there at once"
      defaultValue="Greenroom bot"
      required
      maxLength={200}
      error={errorAt(error, 'target.bot_name')}
    />
  )
}
