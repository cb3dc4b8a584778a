import { Button, Drawer, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { DataTable, rowLink } from '../components/DataTable.tsx'
import { Icon } from '../components/Icon.tsx'
import { Instant } from '../components/Instant.tsx'
import { Listing } from '../components/Listing.tsx'
import { Nothing } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { State } from '../components/State.tsx'
import { NewZoomAppForm } from '../forms/NewZoomAppForm.tsx'
import { useMay } from '../may.ts'
import { paths } from '../paths.ts'
import { queries } from '../queries.ts'
import { appWords, kindWords } from '../words.ts'
import { ZoomAppDrawer } from './zoom-apps/ZoomAppDrawer.tsx'
import { t } from '../language.ts'

export function ZoomAppsPage() {
  const apps = useQuery(queries.zoomApps())
  const [query, setQuery] = useSearchParams()
  const navigate = useNavigate()
  const mayAdd = useMay('admin')
  const close = () => setQuery({}, { replace: true })
  const add = mayAdd && (
    <Group gap="xs">
      <Button component={Link} to={paths.new_zoom_app()} variant="default">
        {t('Add a Zoom app')}
      </Button>
      <Button component={Link} to={paths.connect_zoom()} leftSection={<Icon name="plus" />}>
        {t('Connect Zoom')}
      </Button>
    </Group>
  )

  return (
    <>
      <PageHeader title={t('Zoom apps')} actions={add}>
        {t('The credentials by which Greenroom works with Zoom.')}
      </PageHeader>
      <Panel>
        <Listing
          answer={apps}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <Nothing icon="app" title={t('No Zoom app yet')} action={add}>
              {t(
                'A server-to-server app connects a whole Zoom account. It takes five minutes and an admin of the account.',
              )}
            </Nothing>
          }
        >
          {({ items }) => (
            <DataTable
              label={t('Zoom apps')}
              rows={items}
              keyOf={(app) => app.id}
              columns={[
                {
                  header: t('Name'),
                  cell: (app) => (
                    <Link className={rowLink} to={paths.zoom_app(app.id)}>
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
      </Panel>
      <Drawer
        opened={query.has('new')}
        onClose={close}
        position="right"
        title={t('Add a Zoom app')}
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <NewZoomAppForm onCreated={(app) => void navigate(paths.zoom_app(app.id), { replace: true })} />
      </Drawer>
      <ZoomAppDrawer app={apps.data?.items.find(({ id }) => id === query.get('app'))} onClose={close} />
    </>
  )
}
