import { Switch } from '@mantine/core'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { Purpose, ZoomApp } from '../api.d.ts'
import { api } from '../client.ts'
import { Listing } from '../components/Listing.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { NewZoomAppForm } from '../forms/NewZoomAppForm.tsx'
import { t } from '../language.ts'
import { paths } from '../paths.ts'
import { AtZoom } from './connect/AtZoom.tsx'
import { Kinds } from './connect/Kinds.tsx'
import { Purposes } from './connect/Purposes.tsx'
import classes from './HomePage.module.css'

interface Wish {
  purposes: Purpose[]
  kind?: ZoomApp['kind']
  family: 'granular' | 'classic'
}

const guideFor = ({ purposes, ...wish }: Wish) =>
  queryOptions({
    queryKey: ['zoom_app_guide', purposes, wish],
    queryFn: () => api.zoomAppGuide({ purposes: purposes.join(','), ...wish }),
    placeholderData: keepPreviousData,
  })

/** From "what for" to an app that is known here, in an administrator's hour. What is left to do then stands on the app's own page. */
export function ConnectZoomPage() {
  const [wish, setWish] = useState<Wish>({ purposes: ['lms', 'reports', 'recordings'], family: 'granular' })
  const guide = useQuery(guideFor(wish))
  const navigate = useNavigate()
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
            onChange={(purposes) => setWish({ purposes, family: wish.family })}
          />
        </Panel>
        <Listing answer={guide} lines={8}>
          {(found) => (
            <>
              <Panel title={t('2. Which app at Zoom?')} padded>
                <Kinds guide={found} onChange={(kind) => setWish({ ...wish, kind })} />
                <Switch
                  label={t('The app is older than March 2024')}
                  description={t('Such apps have the classic scopes, which have other names')}
                  checked={wish.family === 'classic'}
                  onChange={({ currentTarget: { checked } }) =>
                    setWish({ ...wish, family: checked ? 'classic' : 'granular' })
                  }
                />
              </Panel>
              <Panel title={t('3. At Zoom’s Marketplace')} padded>
                <AtZoom guide={found} />
              </Panel>
              <Panel title={t('4. The app’s credentials')} padded>
                <NewZoomAppForm
                  key={found.kind}
                  preset={{ kind: found.kind, purposes: wish.purposes, meeting_sdk: found.meeting_sdk }}
                  onCreated={(app) => {
                    // Whoever added it wants to know how it stands; the page shows it when Zoom has answered.
                    void api.checkSetup(app.id).catch(() => {})
                    void navigate(paths.setup(app.id))
                  }}
                />
              </Panel>
            </>
          )}
        </Listing>
      </div>
    </>
  )
}
