import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Panel } from '../../components/Panel.tsx'
import { paths } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { MeetingLines } from './MeetingLines.tsx'
import { t } from '../../language.ts'

/** What has been held lately; nothing at all before the first one. */
export function RecentMeetings() {
  const recent = useQuery(queries.recentMeetings()).data
  if (!recent || recent.items.length === 0) return null
  return (
    <Panel
      title={t('Recently held')}
      actions={
        <Anchor component={Link} to={paths.past_meetings()} size="sm">
          {t('All past ones')}
        </Anchor>
      }
    >
      <MeetingLines meetings={recent.items} timeOf={(meeting) => meeting.start_time} />
    </Panel>
  )
}
