import { Anchor, Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useAddress, useSearchInAddress } from '../address.ts'
import type { Connection } from '../api.d.ts'
import type { ConnectionQuery } from '../client.ts'
import { DataTable } from '../components/DataTable.tsx'
import { HubWords } from '../components/HubWords.tsx'
import { Instant } from '../components/Instant.tsx'
import { Listing, More } from '../components/Listing.tsx'
import { Nothing } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { State } from '../components/State.tsx'
import { Toolbar } from '../components/Toolbar.tsx'
import { outside, paths } from '../paths.ts'
import { queries } from '../queries.ts'
import { connectionInWords, failureInWords, kindWords, whose } from '../words.ts'
import classes from './ConnectionsPage.module.css'
import { Disconnect } from './connections/Disconnect.tsx'
import { Mend } from './connections/Mend.tsx'
import { Sentence } from '../components/Sentence.tsx'
import { CsvLink, Search } from '../components/Search.tsx'
import { t } from '../language.ts'

const tabs = [
  { value: 'all', label: t('All') },
  { value: 'connected', label: t('Connected') },
  { value: 'disconnected', label: t('Disconnected') },
] as const

/** Who has allowed Greenroom to work with Zoom. */
export function ConnectionsPage() {
  const address = useAddress()
  const { query, change } = address
  const search = useSearchInAddress(address)
  const { q } = search
  const state = tabs.find(({ value }) => value === query.get('state'))?.value ?? 'all'
  const filter: ConnectionQuery = { ...(state !== 'all' && { state }), ...(q && { q }) }
  return (
    <>
      <PageHeader title={t('Connections')} actions={<CsvLink href={outside.list_csv('connections', filter)} />}>
        <Sentence
          text={t(
            'Who has allowed Greenroom to work with Zoom. New ones begin at a <app>Zoom app</app> or in a place.',
          )}
          parts={{ app: (words) => <Link to={paths.zoom_apps()}>{words}</Link> }}
        />
      </PageHeader>
      <Toolbar>
        <SegmentedControl
          aria-label={t('Which connections')}
          data={[...tabs]}
          value={state}
          onChange={(value) => change('state', value === 'all' ? '' : value)}
        />
        <Search label={t('Search connections')} placeholder={t('Who, account or app')} {...search.field} />
      </Toolbar>
      <Panel>
        <ConnectionList filter={filter} />
      </Panel>
    </>
  )
}

function ConnectionList({ filter }: { filter: ConnectionQuery }) {
  const answer = useInfiniteQuery(queries.connectionList(filter))
  return (
    <Listing
      answer={answer}
      isEmpty={({ pages }) => pages[0]?.items.length === 0}
      empty={
        <Nothing
          icon="link"
          title={
            filter.q
              ? t('Nothing fits “{{q}}”', { q: filter.q })
              : filter.state
                ? t('None is {{state}}', { state: filter.state })
                : t('No connection yet')
          }
          action={
            <Button component={Link} to={paths.zoom_apps()} variant="default">
              {t('Zoom apps')}
            </Button>
          }
        >
          {t('A server-to-server app connects itself; the others wait for a consent.')}
        </Nothing>
      }
    >
      {({ pages }) => (
        <>
          <DataTable
            label={t('Connections')}
            rows={pages.flatMap(({ items }) => items)}
            keyOf={(connection) => connection.id}
            dim={(connection) => connection.state === 'disconnected'}
            columns={[
              { header: t('Who'), cell: (connection) => <Who connection={connection} /> },
              {
                header: t('Zoom app'),
                cell: ({ zoom_app_id, zoom_app_name }) => (
                  <Anchor component={Link} to={paths.zoom_app(zoom_app_id)} size="sm">
                    {zoom_app_name}
                  </Anchor>
                ),
              },
              { header: t('Kind'), cell: ({ kind }) => kindWords[kind] },
              { header: t('Since'), cell: ({ created_at }) => <Instant at={created_at} /> },
              {
                header: t('Next renewal'),
                cell: ({ next_renewal_at }) => <Instant at={next_renewal_at} as="ago" />,
              },
              { header: t('State'), cell: (connection) => <State {...connectionInWords(connection)} /> },
              {
                header: t('Actions'),
                quiet: true,
                align: 'end',
                cell: (connection) => (
                  <>
                    <Mend connection={connection} />
                    <Disconnect connection={connection} />
                  </>
                ),
              },
            ]}
          />
          <More answer={answer} />
        </>
      )}
    </Listing>
  )
}

/** Of a broken one also why, and who does what about it; what was ended here needs nobody. */
function Who({ connection }: { connection: Connection }) {
  const { failure, reconnect } = connection
  return (
    <>
      <span className={classes['who']}>{whose(connection)}</span>
      {failure && (
        <span className={classes['failure']}>
          {failureInWords(failure)}, <Instant at={failure.at} as="ago" />
        </span>
      )}
      {reconnect && failure?.code !== 'disconnected' && (
        <span className={classes['failure']}>
          <HubWords of={reconnect.message} />
        </span>
      )}
    </>
  )
}
