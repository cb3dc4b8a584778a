import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { Purpose, ZoomApp } from '../api.d.ts'
import { api } from '../client.ts'
import { ForRole } from '../components/ForRole.tsx'
import { Listing, type Answer } from '../components/Listing.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { NewZoomAppForm } from '../forms/NewZoomAppForm.tsx'
import { ScopeFamily } from '../forms/ScopeFamily.tsx'
import { usualZoom, WhichZoom, type ZoomBase } from '../forms/WhichZoom.tsx'
import { t } from '../language.ts'
import { paths } from '../paths.ts'
import { queries } from '../queries.ts'
import { AtZoom, BesideAtZoom } from './connect/AtZoom.tsx'
import { Kinds } from './connect/Kinds.tsx'
import { Purposes } from './connect/Purposes.tsx'
import classes from './HomePage.module.css'

interface Wish {
  purposes: Purpose[]
  kind?: ZoomApp['kind']
  family: NonNullable<ZoomApp['scope_family']>
  zoom: ZoomBase
}

const guideFor = ({ purposes, zoom: { oauth_base }, ...wish }: Wish) => {
  // While it is being typed there is no address yet.
  const at = /^https?:\/\/./.test(oauth_base) && URL.canParse(oauth_base) ? { oauth_base } : {}
  return queryOptions({
    queryKey: ['zoom_app_guide', purposes, wish, at],
    queryFn: () => api.zoomAppGuide({ purposes: purposes.join(','), ...wish, ...at }),
  })
}

/** The whole way, or that to a second app beside one that cannot carry the Meeting SDK. */
export function ConnectZoomPage() {
  const [query] = useSearchParams()
  const beside = query.get('beside')
  return beside === null ? <FirstApp /> : <SecondApp beside={beside} />
}

/** From "what for" to an app that is known here, in an administrator's hour. What is left to do then stands on the app's own page. */
function FirstApp() {
  const [wish, setWish] = useState<Wish>({
    purposes: ['lms', 'reports', 'recordings'],
    family: 'granular',
    zoom: usualZoom,
  })
  const guide = useLast(useQuery(guideFor(wish)))
  const onCreated = useSetUp()
  return (
    <>
      <PageHeader title={t('Connect Zoom')}>
        {t('Say what Zoom is for; then each step says what to click, and whether it worked.')}
      </PageHeader>
      <div className={classes['stack']}>
        <Panel title={t('1. What is it for?')} padded>
          <Purposes
            chosen={wish.purposes}
            // What was chosen by hand may not fit any more.
            onChange={(purposes) => setWish({ purposes, family: wish.family, zoom: wish.zoom })}
          />
        </Panel>
        <Listing answer={guide} lines={8}>
          {(found) => (
            <>
              <Panel title={t('2. Which app at Zoom?')} padded>
                <Kinds
                  kinds={found.kinds}
                  chosen={wish.kind ?? found.kind}
                  onChange={(kind) => setWish({ ...wish, kind })}
                />
                <WhichZoom value={wish.zoom} onChange={(zoom) => setWish({ ...wish, zoom })} />
                <ScopeFamily value={wish.family} onChange={(family) => setWish({ ...wish, family })} />
              </Panel>
              <Panel title={t('3. At Zoom’s Marketplace')} padded>
                <AtZoom guide={found} oauth_base={wish.zoom.oauth_base} />
              </Panel>
              <Panel title={t('4. The app’s credentials')} padded>
                <ForRole role="admin">
                  <NewZoomAppForm
                    preset={{
                      kind: wish.kind ?? found.kind,
                      purposes: wish.purposes,
                      meeting_sdk: found.meeting_sdk,
                      scope_family: wish.family,
                      zoom: wish.zoom,
                    }}
                    onCreated={onCreated}
                  />
                </ForRole>
              </Panel>
            </>
          )}
        </Listing>
      </div>
    </>
  )
}

/** What was answered last stays until the next answer: whatever has been typed below stays with it. */
function useLast<T>({ data, error, refetch }: Answer<T>): Answer<T> {
  const [last, setLast] = useState(data)
  if (data !== undefined && data !== last) setLast(data)
  return { data: data ?? last, error, refetch }
}

/** An app that signs joins in the browser for another one: nothing is asked of Zoom by it. */
function SecondApp({ beside }: { beside: string }) {
  const app = useQuery(queries.zoomApp(beside))
  const onCreated = useSetUp()
  return (
    <>
      <PageHeader title={t('A second app, for the browser')}>
        {t('It signs the joins in the browser, and does nothing else: no scopes, no events, nobody’s consent.')}
      </PageHeader>
      <Listing answer={app} lines={8}>
        {(first) => (
          <SecondAppOf zoom={{ oauth_base: first.oauth_base, api_base: first.api_base }} onCreated={onCreated} />
        )}
      </Listing>
    </>
  )
}

interface SecondAppOfProps {
  zoom: ZoomBase
  onCreated: (app: ZoomApp) => void
}

function SecondAppOf({ zoom, onCreated }: SecondAppOfProps) {
  const guide = useQuery(guideFor({ purposes: ['web_site'], kind: 'admin_managed', family: 'granular', zoom }))
  return (
    <div className={classes['stack']}>
      <Panel title={t('1. At Zoom’s Marketplace')} padded>
        <Listing answer={guide}>{(found) => <BesideAtZoom guide={found} oauth_base={zoom.oauth_base} />}</Listing>
      </Panel>
      <Panel title={t('2. The app’s credentials')} padded>
        <ForRole role="admin">
          <NewZoomAppForm
            preset={{ kind: 'admin_managed', purposes: ['web_site'], meeting_sdk: true, zoom }}
            onCreated={onCreated}
          />
        </ForRole>
      </Panel>
    </div>
  )
}

/** Whoever added an app wants to know how it stands; its page shows it when Zoom has answered. */
function useSetUp() {
  const navigate = useNavigate()
  return (app: ZoomApp) => {
    void api.checkSetup(app.id).catch(() => {})
    void navigate(paths.setup(app.id))
  }
}
