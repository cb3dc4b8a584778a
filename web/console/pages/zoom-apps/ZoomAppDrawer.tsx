import { Anchor, Drawer, Stack } from '@mantine/core'
import type { ZoomApp } from '../../api.d.ts'
import { CopyLine } from '../../components/Copy.tsx'
import { Facts } from '../../components/Facts.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Note } from '../../components/Notice.tsx'
import { kindWords } from '../../words.ts'
import { CheckZoomApp } from './CheckZoomApp.tsx'
import { Consent } from './Consent.tsx'
import { DeleteZoomApp } from './DeleteZoomApp.tsx'
import { isSimulator } from './simulator.ts'
import classes from './ZoomAppDrawer.module.css'

/** One app: what it is, whether it works, and what is left to do at Zoom. */
export function ZoomAppDrawer({ app, onClose }: { app: ZoomApp | undefined; onClose: () => void }) {
  return (
    <Drawer
      opened={app !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={app?.name}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {app && (
        <Stack gap="lg">
          <Facts
            facts={{
              Kind: kindWords[app.kind],
              'Account ID': app.account_id,
              'Client ID': app.client_id,
              'Client secret': 'Kept encrypted',
              'Secret token': app.has_secret_token ? 'Kept encrypted' : 'Not given',
              Zoom: isSimulator(app) ? (
                <Anchor
                  href={`${app.api_base}/`}
                  target="_blank"
                  rel="noreferrer"
                  size="sm"
                  className={classes['outside']}
                >
                  Simulator <Icon name="outside" size={13} />
                </Anchor>
              ) : (
                new URL(app.oauth_base).host
              ),
              'Meeting SDK': app.meeting_sdk && 'Carried',
              'Last event': <Instant at={app.last_event_at} as="ago" none="never" />,
              Added: <Instant at={app.created_at} />,
            }}
          />
          <Consent app={app} />
          <CheckZoomApp app={app} />
          <EventSubscription app={app} />
          <DeleteZoomApp app={app} onDeleted={onClose} />
        </Stack>
      )}
    </Drawer>
  )
}

function EventSubscription({ app }: { app: ZoomApp }) {
  return (
    <section className={classes['part']} aria-labelledby="events-at-zoom">
      <h3 id="events-at-zoom" className={classes['title']}>
        Events from Zoom
      </h3>
      {!app.has_secret_token && (
        <Note tone="warn" title="No secret token was given">
          Without it Zoom’s signature cannot be verified, and every event is refused. Delete the app here and add it
          again with the token.
        </Note>
      )}
      <CopyLine label="Event notification endpoint URL" value={app.webhook_url} />
      {!isSimulator(app) && (
        <ol className={classes['steps']}>
          <li>At marketplace.zoom.us open the app, page “Feature”, and switch on “Event Subscriptions”.</li>
          <li>
            “Add Event Subscription”, method “Webhook”, and paste the address above as the event notification endpoint
            URL.
          </li>
          <li>
            “Add Events”: under Meeting the start, the end, created, updated, deleted, and participants joined and left;
            under Recording all of “Recording completed”, “trashed” and “deleted”.
          </li>
          <li>
            “Validate”: Zoom asks Greenroom, which answers with the secret token. Then “Save”, and activate the app.
          </li>
        </ol>
      )}
    </section>
  )
}
