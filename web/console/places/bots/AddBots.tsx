import { Anchor, Code, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { CopyLine } from '../../components/Copy.tsx'
import { hub_url, outside } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { Lead } from '../AddForm.tsx'

/** Nothing is filled in: the first bot makes the place. */
export function AddBots() {
  const workspace = useQuery(queries.me()).data?.workspace.name ?? ''
  return (
    <Stack gap="md">
      <Lead>
        There is nothing to set up here: the place appears with the first bot that an app of yours sends. The app needs
        an API key of this workspace, which is made in the terminal and shown there once.
      </Lead>
      <CopyLine
        label="Command"
        value={`npm run --silent greenroom -- key create --workspace ${JSON.stringify(workspace)} --name bots`}
      />
      <CopyLine label="Address for bots" value={new URL('api/v1/bots', hub_url).href} />
      <Lead>
        There it sends a <Code>POST</Code> with <Code>meeting_url</Code> and <Code>bot_name</Code>; the{' '}
        <Anchor href={outside.api_docs()} target="_blank" rel="noreferrer" inherit>
          pages of the API
        </Anchor>{' '}
        have every field.
      </Lead>
    </Stack>
  )
}
