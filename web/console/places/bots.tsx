import { Anchor, Code, Stack, TextInput } from '@mantine/core'
import { CopyLine } from '../components/Copy.tsx'
import { errorAt, text } from '../forms/fields.ts'
import { hub_url, outside } from '../paths.ts'
import { Lead } from './AddForm.tsx'
import type { Kind } from './kind.ts'

export const bots: Kind = {
  word: 'Bots',
  icon: 'bot',
  says: 'A bot that goes to the meeting, sent by an app of yours',
  Add,
  put: {
    action: 'Send the bot',
    fields: ['target.bot_name'],
    Fields,
    target: (form) => ({ bot_name: text(form, 'bot_name') }),
  },
}

/** Nothing is filled in: the first bot makes the place. */
function Add() {
  return (
    <Stack gap="md">
      <Lead>
        There is nothing to set up here. The place appears with the first bot that an app of yours sends, with an API
        key of this workspace.
      </Lead>
      <CopyLine label="Address for bots" value={new URL('api/v1/bots', hub_url).href} />
      <Lead>
        Make a key in the terminal: <Code>npm run greenroom key create</Code>. Then <Code>POST</Code> a{' '}
        <Code>meeting_url</Code> and a <Code>bot_name</Code>. The{' '}
        <Anchor href={outside.api_docs()} target="_blank" rel="noreferrer" inherit>
          API’s own pages
        </Anchor>{' '}
        have every field.
      </Lead>
    </Stack>
  )
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
