import { Button, Group } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from 'react-router'
import { useAddress, useSearchInAddress } from '../address.ts'
import { DataTable, rowLink } from '../components/DataTable.tsx'
import { ForRole } from '../components/ForRole.tsx'
import { Icon } from '../components/Icon.tsx'
import { Instant } from '../components/Instant.tsx'
import { Listing, More } from '../components/Listing.tsx'
import { Nothing } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { State } from '../components/State.tsx'
import { NewZoomAppForm } from '../forms/NewZoomAppForm.tsx'
import { useMay } from '../may.ts'
import { CsvLink, Search } from '../components/Search.tsx'
import { Toolbar } from '../components/Toolbar.tsx'
import { SideDrawer } from '../components/SideDrawer.tsx'
import { outside, paths } from '../paths.ts'
import { queries } from '../queries.ts'
import { appWords, kindWords } from '../words.ts'
import { ZoomAppDrawer } from './zoom-apps/ZoomAppDrawer.tsx'
import { t } from '../language.ts'

export function ZoomAppsPage() {
  const address = useAddress()
  const { query, change } = address
  const search = useSearchInAddress(address)
  const { q } = search
  const apps = useInfiniteQuery(queries.zoomAppList(q))
  const open = query.get('app')
  const app = useQuery({ ...queries.zoomApp(open ?? ''), enabled: open !== null })
  const navigate = useNavigate()
  const mayAdd = useMay('admin')
  const add = mayAdd && (
    <Group gap="xs">
      <Button component={Link} to={address.having('new', '')} variant="default">
        {t('Add a Zoom app')}
      </Button>
      <Button component={Link} to={paths.connect_zoom()} leftSection={<Icon name="plus" />}>
        {t('Connect Zoom')}
      </Button>
    </Group>
  )

  return (
    <>
      <PageHeader
        title={t('Zoom apps')}
        actions={
          <>
            <CsvLink href={outside.list_csv('zoom_apps', q ? { q } : {})} />
            {add}
          </>
        }
      >
        {t('The credentials by which Greenroom works with Zoom.')}
      </PageHeader>
      <Toolbar>
        <Search label={t('Search Zoom apps')} placeholder={t('Name or client ID')} {...search.field} />
      </Toolbar>
      <Panel>
        <Listing
          answer={apps}
          isEmpty={({ pages }) => pages[0]?.items.length === 0}
          empty={
            q ? (
              <Nothing icon="search" title={t('Nothing fits “{{q}}”', { q })} />
            ) : (
              <Nothing icon="app" title={t('No Zoom app yet')} action={add}>
                {t(
                  'A server-to-server app connects a whole Zoom account. It takes five minutes and an admin of the account.',
                )}
              </Nothing>
            )
          }
        >
          {({ pages }) => (
            <DataTable
              label={t('Zoom apps')}
              rows={pages.flatMap(({ items }) => items)}
              keyOf={(app) => app.id}
              columns={[
                {
                  header: t('Name'),
                  cell: (app) => (
                    <Link className={rowLink} to={address.having('app', app.id)}>
                      {app.name}
                    </Link>
                  ),
                },
                { header: t('State'), cell: (app) => <State {...appWords[app.state]} /> },
                { header: t('Kind'), cell: (app) => kindWords[app.kind] },
                { header: t('Account'), cell: (app) => app.account_id ?? '–' },
                { header: t('At'), cell: (app) => new URL(app.oauth_base).host },
                {
                  header: t('Last event'),
                  cell: (app) => <Instant at={app.last_event_at} as="ago" none={t('never')} />,
                },
              ]}
            />
          )}
        </Listing>
        <More answer={apps} />
      </Panel>
      <SideDrawer opened={query.has('new')} onClose={() => change('new', '')} title={t('Add a Zoom app')}>
        <ForRole role="admin">
          <NewZoomAppForm onCreated={(app) => void navigate(paths.zoom_app(app.id), { replace: true })} />
        </ForRole>
      </SideDrawer>
      <ZoomAppDrawer app={open === null ? undefined : app.data} onClose={() => change('app', '')} />
    </>
  )
}
