import { Anchor, Button } from '@mantine/core'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import type { ZoomApp } from '../api.d.ts'
import { api, Problem } from '../client.ts'
import { Instant } from '../components/Instant.tsx'
import { Listing } from '../components/Listing.tsx'
import { Note, Nothing, Trouble } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { Sentence } from '../components/Sentence.tsx'
import { t } from '../language.ts'
import { useMay } from '../may.ts'
import { paths } from '../paths.ts'
import { queries } from '../queries.ts'
import { appWords, kindWords } from '../words.ts'
import { Purposes } from './connect/Purposes.tsx'
import classes from './HomePage.module.css'
import { useChange } from './setup/ChangeField.tsx'
import { OldUrls } from './setup/OldUrls.tsx'
import { Removed } from './setup/Removed.tsx'
import { SwitchApp } from './setup/SwitchApp.tsx'
import { Scopes } from './setup/Scopes.tsx'
import { Steps } from './setup/Steps.tsx'
import { TestEverything } from './setup/TestEverything.tsx'

const setupOf = (id: string) =>
  queryOptions({ queryKey: ['setup', id], queryFn: () => api.setup(id), refetchInterval: 2_000 })

/** What is left to do until a Zoom app works, watched as it is done. */
export function SetupPage() {
  const { id = '' } = useParams()
  const app = useQuery(queries.zoomApp(id))
  if (app.data) return <SetupOf key={id} app={app.data} />
  if (!(app.error instanceof Problem && app.error.status === 404))
    return (
      <>
        <PageHeader title={t('Zoom app')} />
        <Listing answer={app} lines={8}>
          {() => null}
        </Listing>
      </>
    )
  return (
    <>
      <PageHeader title={t('Not found')} />
      <Nothing icon="app" title={t('There is no such Zoom app')}>
        <Anchor component={Link} to={paths.zoom_apps()}>
          {t('Zoom apps')}
        </Anchor>
      </Nothing>
    </>
  )
}

function SetupOf({ app }: { app: ZoomApp }) {
  const queryClient = useQueryClient()
  const setup = useQuery(setupOf(app.id))
  const mayChange = useMay('admin')
  const check = useMutation({
    mutationFn: () => api.checkSetup(app.id),
    onSuccess: (found) => {
      queryClient.setQueryData(setupOf(app.id).queryKey, found)
      return Promise.all(['connections', 'scopes'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
    },
  })
  return (
    <>
      <PageHeader
        title={app.name}
        above={
          <Anchor component={Link} to={paths.zoom_apps()} size="sm">
            {t('Zoom apps')}
          </Anchor>
        }
      >
        {kindWords[app.kind]}
      </PageHeader>
      <div className={classes['stack']}>
        {app.state === 'off' && (
          <Note tone="warn" title={t('This app is switched off')}>
            {appWords.off.means}
          </Note>
        )}
        <Panel
          title={t('Set-up')}
          note={
            setup.data?.checked_at && (
              <Sentence
                text={t('Zoom was asked <time>then</time>')}
                parts={{ time: () => <Instant at={setup.data.checked_at} as="ago" /> }}
              />
            )
          }
          actions={
            mayChange && (
              <Button variant="default" size="xs" loading={check.isPending} onClick={() => check.mutate()}>
                {t('Check')}
              </Button>
            )
          }
        >
          {check.error && <Trouble error={check.error} />}
          <Listing answer={setup} lines={10}>
            {(found) => <Steps app={app} setup={found} mayChange={mayChange} />}
          </Listing>
        </Panel>
        <Panel title={t('What it may do')}>
          <Scopes app={app} />
        </Panel>
        {mayChange && (
          <>
            <Panel title={t('On and off')} padded>
              <SwitchApp app={app} />
            </Panel>
            <Panel title={t('Does everything work?')} padded>
              <TestEverything app={app} />
            </Panel>
            <Panel title={t('What is it for?')} padded>
              <ChangePurposes app={app} />
            </Panel>
            <Panel title={t('When somebody removes the app')} padded>
              <Removed app={app} />
            </Panel>
            {app.purposes.includes('chat') && (
              <Panel title={t('In place of Mattermost’s Zoom plugin')} padded>
                <OldUrls app={app} />
              </Panel>
            )}
          </>
        )}
      </div>
    </>
  )
}

function ChangePurposes({ app }: { app: ZoomApp }) {
  const change = useChange(app)
  return (
    <>
      <Purposes chosen={app.purposes} onChange={(purposes) => change.mutate({ purposes })} />
      {change.error && <Trouble error={change.error} />}
    </>
  )
}
