import { Anchor, Stack } from '@mantine/core'
import { Link } from 'react-router'
import type { ZoomApp } from '../../api.d.ts'
import { CopyLine } from '../../components/Copy.tsx'
import { Facts } from '../../components/Facts.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Note } from '../../components/Notice.tsx'
import { SideDrawer } from '../../components/SideDrawer.tsx'
import { paths } from '../../paths.ts'
import { kindWords } from '../../words.ts'
import { CheckZoomApp } from './CheckZoomApp.tsx'
import { Consent } from './Consent.tsx'
import { DeleteZoomApp } from './DeleteZoomApp.tsx'
import { EarlierSecretTokens } from './EarlierSecretTokens.tsx'
import { isSimulator } from './simulator.ts'
import classes from './ZoomAppDrawer.module.css'
import { t } from '../../language.ts'

/** One app: what it is, whether it works, and what is left to do at Zoom. */
export function ZoomAppDrawer({ app, onClose }: { app: ZoomApp | undefined; onClose: () => void }) {
  return (
    <SideDrawer opened={app !== undefined} onClose={onClose} wide title={app?.name}>
      {app && (
        <Stack gap="lg">
          <Facts
            facts={{
              [t('Kind')]: kindWords[app.kind],
              [t('Account ID')]: app.account_id,
              [t('Client ID')]: app.client_id,
              [t('Client secret')]: t('Kept encrypted'),
              [t('Secret token')]: app.has_secret_token ? t('Kept encrypted') : t('Not given'),
              [t('Tokens from before are taken until')]: app.earlier_secret_tokens_until && (
                <EarlierSecretTokens app={app} />
              ),
              [t('Zoom')]: isSimulator(app) ? (
                <Anchor
                  href={`${app.api_base}/`}
                  target="_blank"
                  rel="noreferrer"
                  size="sm"
                  className={classes['outside']}
                >
                  {t('Simulator')} <Icon name="outside" size={13} />
                </Anchor>
              ) : (
                new URL(app.oauth_base).host
              ),
              [t('Meeting SDK')]: app.meeting_sdk && t('Carried'),
              [t('Last event')]: <Instant at={app.last_event_at} as="ago" none={t('never')} />,
              [t('Added')]: <Instant at={app.created_at} />,
            }}
          />
          <Anchor component={Link} to={paths.setup(app.id)} size="sm">
            {t('Set-up, step by step')}
          </Anchor>
          <Consent app={app} />
          <CheckZoomApp app={app} />
          <EventSubscription app={app} />
          <DeleteZoomApp app={app} onDeleted={onClose} />
        </Stack>
      )}
    </SideDrawer>
  )
}

function EventSubscription({ app }: { app: ZoomApp }) {
  return (
    <section className={classes['part']} aria-labelledby="events-at-zoom">
      <h3 id="events-at-zoom" className={classes['title']}>
        {t('Events from Zoom')}
      </h3>
      {!app.has_secret_token && (
        <Note tone="warn" title={t('No secret token was given')}>
          {t(
            'Without it Zoom’s signature cannot be verified, and every event is refused. Enter it under “Set-up, step by step”.',
          )}
        </Note>
      )}
      <CopyLine label={t('Event notification endpoint URL')} value={app.webhook_url} />
      {!isSimulator(app) && (
        <ol className={classes['steps']}>
          <li>{t('At Zoom’s Marketplace open the app, page “Feature”, and switch on “Event Subscriptions”.')}</li>
          <li>
            {t(
              '“Add Event Subscription”, method “Webhook”, and paste the address above as the event notification endpoint URL.',
            )}
          </li>
          <li>
            {t(
              '“Add Events”: under Meeting the start, the end, created, updated, deleted, and participants joined and left; under Recording all of “Recording completed”, “trashed” and “deleted”.',
            )}
          </li>
          <li>
            {t(
              '“Validate”: Zoom asks Greenroom, which answers with the secret token. Then “Save”, and activate the app.',
            )}
          </li>
        </ol>
      )}
    </section>
  )
}
