import { useQuery } from '@tanstack/react-query'
import { PageHeader } from '../components/PageHeader.tsx'
import { queries } from '../queries.ts'
import { Connections } from './home/Connections.tsx'
import { LatestEvents } from './home/LatestEvents.tsx'
import { NextMeetings } from './home/NextMeetings.tsx'
import { QuotaLeft } from './home/QuotaLeft.tsx'
import { RecentMeetings } from './home/RecentMeetings.tsx'
import { RunningMeetings } from './home/RunningMeetings.tsx'
import { TourHint } from './home/TourHint.tsx'
import { Wellbeing } from './home/Wellbeing.tsx'
import classes from './HomePage.module.css'
import { t } from '../language.ts'

/** Is everything well? */
export function HomePage() {
  const me = useQuery(queries.me()).data
  return (
    <>
      <PageHeader title={t('Home')} />
      <div className={classes['stack']}>
        {me?.workspace.demo && <TourHint />}
        <Wellbeing />
        <RunningMeetings />
        <div className={classes['columns']}>
          <div className={classes['stack']}>
            <NextMeetings />
            <RecentMeetings />
          </div>
          <div className={classes['stack']}>
            <Connections />
            <LatestEvents />
            <QuotaLeft />
          </div>
        </div>
      </div>
    </>
  )
}
