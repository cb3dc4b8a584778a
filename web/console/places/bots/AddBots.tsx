import { Anchor, Code, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { CopyLine } from '../../components/Copy.tsx'
import { hub_url, outside } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { Lead } from '../AddForm.tsx'
import { Sentence } from '../../components/Sentence.tsx'
import { t } from '../../language.ts'

/** Nothing is filled in: the first bot makes the place. */
export function AddBots() {
  const workspace = useQuery(queries.me()).data?.workspace.name ?? ''
  return (
    <Stack gap="md">
      <Lead>
        {t(
          'There is nothing to set up here: the place appears with the first bot that an app of yours sends. The app needs an API key of this workspace, which is made in the terminal and shown there once.',
        )}
      </Lead>
      <CopyLine
        label={t('Command')}
        value={`npm run --silent greenroom -- key create --workspace ${JSON.stringify(workspace)} --name bots`}
      />
      <CopyLine label={t('Address for bots')} value={new URL('api/v1/bots', hub_url).href} />
      <Lead>
        <Sentence
          text={t(
            'There it sends a <code>POST</code> with <code>meeting_url</code> and <code>bot_name</code>; the <docs>pages of the API</docs> have every field.',
          )}
          parts={{
            code: (words) => <Code>{words}</Code>,
            docs: (words) => (
              <Anchor href={outside.api_docs()} target="_blank" rel="noreferrer" inherit>
                {words}
              </Anchor>
            ),
          }}
        />
      </Lead>
    </Stack>
  )
}
