import { Anchor, Stack } from '@mantine/core'
import { Link } from 'react-router'
import { CopyLine } from '../../components/Copy.tsx'
import { Sentence } from '../../components/Sentence.tsx'
import { t } from '../../language.ts'
import { hub_url, outside, paths } from '../../paths.ts'
import { Lead } from '../AddForm.tsx'

/** What an app that sends bots has to know. */
export function AboutBots() {
  return (
    <Stack gap="md">
      <CopyLine label={t('API base URL')} value={new URL('api/v1', hub_url).href} />
      <Lead>
        <Sentence
          text={t(
            'An app that sends bots needs this address and an API key of this workspace, which is made under <keys>Settings, API keys</keys> and shown there once. The <docs>pages of the API</docs> have every field.',
          )}
          parts={{
            keys: (words) => (
              <Anchor component={Link} to={paths.api_keys()} inherit underline="always">
                {words}
              </Anchor>
            ),
            docs: (words) => (
              <Anchor href={outside.api_docs()} target="_blank" rel="noreferrer" inherit underline="always">
                {words}
              </Anchor>
            ),
          }}
        />
      </Lead>
    </Stack>
  )
}
