import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { Connection, ZoomApp } from '../../api.d.ts'
import { Icon } from '../../components/Icon.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing } from '../../components/Listing.tsx'
import { Note, Nothing } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { State } from '../../components/State.tsx'
import { useMay } from '../../may.ts'
import { paths } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { kindWords } from '../../words.ts'
import classes from './Connections.module.css'
import { isSimulator } from '../zoom-apps/simulator.ts'

export function Connections() {
  const connections = useQuery(queries.connections())
  const apps = useQuery(queries.zoomApps()).data?.items ?? []
  const mayAdd = useMay('admin')
  return (
    <Panel
      title="Zoom"
      actions={
        <Anchor component={Link} to={paths.zoom_apps()} size="sm">
          Zoom apps
        </Anchor>
      }
    >
      <Listing
        answer={connections}
        lines={2}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Nothing
            icon="app"
            title="Not connected to Zoom"
            action={
              mayAdd && (
                <Button component={Link} to={paths.new_zoom_app()} leftSection={<Icon name="plus" />}>
                  Add a Zoom app
                </Button>
              )
            }
          >
            Everything here begins with the credentials of a Zoom app.
          </Nothing>
        }
      >
        {({ items }) => (
          <ul className={classes['list']}>
            {items.map((connection) => (
              <One
                key={connection.id}
                connection={connection}
                app={apps.find(({ id }) => id === connection.zoom_app_id)}
              />
            ))}
          </ul>
        )}
      </Listing>
    </Panel>
  )
}

function One({ connection, app }: { connection: Connection; app: ZoomApp | undefined }) {
  return (
    <li className={classes['item']}>
      <div className={classes['line']}>
        <span className={classes['name']}>{connection.zoom_app_name}</span>
        <ConnectionState connection={connection} />
      </div>
      <div className={classes['detail']}>
        <span>{kindWords[connection.kind]}</span>
        {connection.account_id && <span>account {connection.account_id}</span>}
        {app && (
          <span>
            last event <Instant at={app.last_event_at} as="ago" none="never" />
          </span>
        )}
      </div>
      {app && isSimulator(app) && (
        <Anchor href={`${app.api_base}/`} target="_blank" rel="noreferrer" size="sm" className={classes['simulator']}>
          Open the simulator <Icon name="outside" size={13} />
        </Anchor>
      )}
      {connection.failure && (
        <Note tone="bad" title={connection.failure.message}>
          <p>
            Since <Instant at={connection.failure.at} />.{' '}
            <Link to={paths.zoom_app(connection.zoom_app_id)}>Check the Zoom app</Link> to learn what mends it.
          </p>
        </Note>
      )}
    </li>
  )
}

function ConnectionState({ connection }: { connection: Connection }) {
  if (connection.state === 'disconnected') return <State word="Disconnected" tone="bad" />
  return connection.failure ? (
    <State word="Connected, with trouble" tone="warn" />
  ) : (
    <State word="Connected" tone="good" />
  )
}
