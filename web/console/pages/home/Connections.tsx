import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { Connection, ConnectionsOfApp, ZoomApp } from '../../api.d.ts'
import { Icon } from '../../components/Icon.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing } from '../../components/Listing.tsx'
import { Note, Nothing } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { State } from '../../components/State.tsx'
import { useMay } from '../../may.ts'
import { paths } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { connectionInWords, failureInWords, kindWords, people, whose } from '../../words.ts'
import { leastOf, scopesOf } from '../setup/Scopes.tsx'
import { TestEverything } from '../setup/TestEverything.tsx'
import { isSimulator } from '../zoom-apps/simulator.ts'
import classes from './Connections.module.css'
import { Sentence } from '../../components/Sentence.tsx'
import { t } from '../../language.ts'

/** Each Zoom app, and whether Greenroom can work with it. */
export function Connections() {
  const apps = useQuery(queries.zoomApps())
  const connections = useQuery(queries.connectionsByApp())
  const mayAdd = useMay('admin')
  return (
    <Panel
      title={t('Zoom')}
      actions={
        <Anchor component={Link} to={paths.zoom_apps()} size="sm">
          {t('Zoom apps')}
        </Anchor>
      }
    >
      <Listing
        answer={apps}
        lines={2}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Nothing
            icon="app"
            title={t('Not connected to Zoom')}
            action={
              mayAdd && (
                <Button component={Link} to={paths.connect_zoom()} leftSection={<Icon name="plus" />}>
                  {t('Connect Zoom')}
                </Button>
              )
            }
          >
            {t('Everything here begins with the credentials of a Zoom app.')}
          </Nothing>
        }
      >
        {({ items }) => (
          <Listing answer={connections} lines={2}>
            {(known) => (
              <ul className={classes['list']}>
                {items.map((app) => (
                  <One key={app.id} app={app} known={known.items.find(({ zoom_app_id }) => zoom_app_id === app.id)} />
                ))}
              </ul>
            )}
          </Listing>
        )}
      </Listing>
    </Panel>
  )
}

function One({ app, known }: { app: ZoomApp; known: ConnectionsOfApp | undefined }) {
  const connected = known?.connected ?? 0
  const usual = known?.usual ?? null
  const account = usual?.account_id
  const shared = app.kind === 'user_managed'
  const mayTest = useMay('admin')
  return (
    <li className={classes['item']}>
      <div className={classes['line']}>
        <span className={classes['name']}>{app.name}</span>
        {onlySigns(app, connected) ? (
          <State
            word={t('Signs joins')}
            tone="quiet"
            means={t('Browsers join by it; it asks Zoom nothing, and needs nobody’s consent')}
          />
        ) : (
          <AppState app={app} usual={usual} />
        )}
      </div>
      <div className={classes['detail']}>
        <span>{kindWords[app.kind]}</span>
        {shared && <span>{people(connected)}</span>}
        {!shared && account && <span>{t('account {{account}}', { account })}</span>}
        <span>
          <Sentence
            text={t('last event <time>then</time>')}
            parts={{ time: () => <Instant at={app.last_event_at} as="ago" none={t('never')} /> }}
          />
        </span>
      </div>
      {known?.next_renewal_at && (
        <div className={classes['detail']}>
          <span>
            <Sentence
              text={t('next renewal <time>then</time>')}
              parts={{ time: () => <Instant at={known.next_renewal_at} as="ago" /> }}
            />
          </span>
        </div>
      )}
      {!shared && connected > 0 && <Features app={app} />}
      <Anchor component={Link} to={paths.setup(app.id)} size="sm">
        {t('Set-up and test')}
      </Anchor>
      {mayTest && !onlySigns(app, connected) && <TestEverything app={app} brief />}
      {isSimulator(app) && (
        <Anchor href={`${app.api_base}/`} target="_blank" rel="noreferrer" size="sm" className={classes['simulator']}>
          {t('Open the simulator')} <Icon name="outside" size={13} />
        </Anchor>
      )}
      {shared
        ? known && <BrokenConsents known={known} />
        : connected === 0 && <Failure app={app} failure={usual?.failure ?? null} />}
    </li>
  )
}

/** There for its Meeting SDK beside another app: nobody has consented, and nobody has to. */
const onlySigns = ({ meeting_sdk, purposes }: ZoomApp, connected: number): boolean =>
  meeting_sdk && connected === 0 && purposes.every((purpose) => purpose === 'web_site')

/** How much of what Greenroom can do the app's scopes are enough for; which they lack stands in its set-up. */
function Features({ app }: { app: ZoomApp }) {
  const { data } = useQuery(scopesOf(app.id))
  const grant = data && leastOf(data)
  if (!grant) return null
  const [works, all] = [grant.works.length, grant.works.length + grant.lacks.length]
  return (
    <div className={classes['detail']}>
      <span>{t('scopes for {{works}} of {{all}} features', { works, all })}</span>
    </div>
  )
}

/** The account's apps live by one connection; of an app of the users, one person's trouble is not the app's. */
function AppState({ app, usual }: { app: ZoomApp; usual: Connection | null }) {
  if (usual && (usual.state === 'connected' || app.kind !== 'user_managed'))
    return <State {...connectionInWords(usual)} />
  return <State word={t('Nobody has consented')} tone="warn" />
}

/** Of many who consented: how many have to do it again, and why the last of them. */
function BrokenConsents({ known: { zoom_app_name, failed, last_failed } }: { known: ConnectionsOfApp }) {
  const [newest] = last_failed
  if (!newest?.failure) return null
  const { failure } = newest
  return (
    <Note tone="bad" title={t('{{count}} consents work no more', { count: failed })}>
      <p>
        <Sentence
          text={t('<who>Who</who>, <time>then</time>: <reason>why</reason>. <all>See which, and connect again</all>')}
          parts={{
            who: () => whose(newest),
            time: () => <Instant at={failure.at} as="ago" />,
            reason: () => failureInWords(failure),
            all: (words) => <Link to={paths.disconnected(zoom_app_name)}>{words}</Link>,
          }}
        />
      </p>
    </Note>
  )
}

function Failure({ app, failure }: { app: ZoomApp; failure: Connection['failure'] }) {
  if (!failure) return null
  return (
    <Note tone="bad" title={failureInWords(failure)}>
      <p>
        <Sentence
          text={t('Since <time>then</time>. <app>Open the Zoom app</app> to learn what mends it.')}
          parts={{
            time: () => <Instant at={failure.at} />,
            app: (words) => <Link to={paths.setup(app.id)}>{words}</Link>,
          }}
        />
      </p>
    </Note>
  )
}
