import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Listing } from '../../components/Listing.tsx'
import { Panel } from '../../components/Panel.tsx'
import { paths } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { MeetingLines } from './MeetingLines.tsx'
import { t } from '../../language.ts'

/** What has been held lately; nothing at all before the first one. */
export function RecentMeetings() {
  const recent = useQuery(queries.recentMeetings())
  if (!recent.error && !recent.data?.items.length) return null
  return (
    <Panel
      title={t('Recently held')}
      actions={
        <Anchor component={Link} to={paths.past_meetings()} size="sm">
          {t('All past ones')}
        </Anchor>
      }
    >
      <Listing answer={recent}>
        {({ items }) => <MeetingLines meetings={items} timeOf={(meeting) => meeting.start_time} />}
      </Listing>
    </Panel>
  )
}
