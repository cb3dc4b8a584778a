import { Anchor } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { Meeting } from '../../api.d.ts'
import { DataTable, rowLink } from '../../components/DataTable.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Trouble } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { State } from '../../components/State.tsx'
import { paths } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { people } from '../../words.ts'
import { t } from '../../language.ts'

/** What is going on at this moment; nothing at all when nothing is. */
export function RunningMeetings() {
  const running = useQuery(queries.runningMeetings())
  const count = useQuery(queries.runningCount()).data?.count ?? 0
  if (running.error) return <Trouble error={running.error} onRetry={() => void running.refetch()} />
  if (!running.data || running.data.items.length === 0) return null
  return (
    <Panel
      title={t('Running now')}
      actions={
        <>
          {count > running.data.items.length && (
            <Anchor component={Link} to={paths.running_meetings()} size="sm">
              {t('All {{count}}', { count })}
            </Anchor>
          )}
          <State word={t('Live')} tone="live" />
        </>
      }
    >
      <DataTable
        label={t('Running meetings')}
        rows={running.data.items}
        keyOf={(meeting) => meeting.id}
        columns={[
          {
            header: t('Topic'),
            cell: (meeting) => (
              <Link className={rowLink} to={paths.meeting(meeting.id)}>
                {meeting.topic}
              </Link>
            ),
          },
          { header: t('Host'), cell: (meeting) => meeting.host_email ?? meeting.host_id },
          { header: t('Started'), cell: (meeting) => <SessionStart meeting={meeting} /> },
          { header: t('So far'), cell: (meeting) => <SoFar meeting={meeting} />, align: 'end' },
        ]}
      />
    </Panel>
  )
}

function SessionStart({ meeting }: { meeting: Meeting }) {
  const session = useRunningSession(meeting)
  return <Instant at={session?.started_at ?? null} as="ago" zone={meeting.timezone} />
}

function SoFar({ meeting }: { meeting: Meeting }) {
  const session = useRunningSession(meeting)
  return session ? people(session.attendees) : '–'
}

const useRunningSession = (meeting: Meeting) =>
  useInfiniteQuery(queries.sessionsOfMeeting(meeting.id)).data?.pages[0]?.items.find(
    (session) => session.state === 'started',
  )
