import { Code, Stack } from '@mantine/core'
import { CopyLine } from '../../components/Copy.tsx'
import { Sentence } from '../../components/Sentence.tsx'
import { t } from '../../language.ts'
import { hub_url } from '../../paths.ts'
import { Lead } from '../AddForm.tsx'
import { AboutBots } from './AboutBots.tsx'

/** Nothing is filled in: the first bot makes the place. */
export function AddBots() {
  return (
    <Stack gap="md">
      <Lead>
        {t('There is nothing to set up here: the place appears with the first bot that an app of yours sends.')}
      </Lead>
      <AboutBots />
      <CopyLine label={t('Address for bots')} value={new URL('api/v1/bots', hub_url).href} />
      <Lead>
        <Sentence
          text={t('There it sends a <code>POST</code> with <code>meeting_url</code> and <code>bot_name</code>.')}
          parts={{ code: (words) => <Code>{words}</Code> }}
        />
      </Lead>
    </Stack>
  )
}
