import { Anchor, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Place } from '../../api.d.ts'
import { api, type MattermostServer } from '../../client.ts'
import { ConsentButton } from '../../components/ConsentButton.tsx'
import { CopyLine } from '../../components/Copy.tsx'
import { Facts } from '../../components/Facts.tsx'
import { Findings } from '../../components/Findings.tsx'
import { Listing } from '../../components/Listing.tsx'
import { useMay } from '../../may.ts'
import { queries } from '../../queries.ts'
import { Lead } from '../AddForm.tsx'
import { ChangeMattermost } from './ChangeMattermost.tsx'
import { t } from '../../language.ts'

/** A server as it stands: where, as which bot, for whom, and whether all is well with it. */
export function AboutMattermost({ place }: { place: Place }) {
  const server = useQuery(queries.mattermost(place.id))
  return (
    <Listing answer={server} lines={2}>
      {(data) => (
        <Stack gap="lg">
          <Facts
            facts={{
              [t('Server')]: (
                <Anchor href={data.url} target="_blank" rel="noreferrer" size="sm">
                  {data.url}
                </Anchor>
              ),
              [t('Bot')]: `@${data.bot_username}`,
              [t('Whose meetings')]: data.level === 'user' ? t('Each person’s own') : t('The whole account’s'),
              [t('Command')]:
                data.commands.length === 1
                  ? t('/{{trigger}}, in one team', { trigger: data.trigger })
                  : t('/{{trigger}}, in {{teams}} teams', { trigger: data.trigger, teams: data.commands.length }),
            }}
          />
          <ChangeMattermost server={data} />
          <AccountConsent server={data} />
          {data.findings.length > 0 && <Findings findings={data.findings} />}
          <CopyLine
            label={t('Request URL')}
            description={t('For a slash command that is made by hand in Mattermost')}
            value={data.urls.command}
          />
        </Stack>
      )}
    </Listing>
  )
}

/** One consent for everybody, while there is none. */
function AccountConsent({ server }: { server: MattermostServer }) {
  const mayConnect = useMay('admin')
  if (server.level !== 'account' || server.connection_id !== null || !mayConnect) return null
  return (
    <Stack gap="xs">
      <Lead>{t('An administrator of the Zoom account has to allow it once, for everybody on this server.')}</Lead>
      <ConsentButton label={t('Connect to Zoom')} begin={() => api.beginMattermostConsent(server.id)} />
    </Stack>
  )
}
