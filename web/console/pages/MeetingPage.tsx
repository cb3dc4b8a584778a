import { Anchor, Stack, Tabs } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearchParams } from 'react-router'
import type { Meeting } from '../api.d.ts'
import { CopyButton } from '../components/Copy.tsx'
import { Icon } from '../components/Icon.tsx'
import { Listing } from '../components/Listing.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { State } from '../components/State.tsx'
import { useMay } from '../may.ts'
import { paths } from '../paths.ts'
import { queries } from '../queries.ts'
import { meetingWords } from '../words.ts'
import { CancelMeeting } from './meeting/CancelMeeting.tsx'
import { History } from './meeting/History.tsx'
import { EditMeeting } from './meeting/EditMeeting.tsx'
import { Invitation } from './meeting/Invitation.tsx'
import { MeetingEvents } from './meeting/MeetingEvents.tsx'
import { MeetingFacts } from './meeting/MeetingFacts.tsx'
import { Occurrences } from './meeting/Occurrences.tsx'
import { Placements } from './meeting/Placements.tsx'
import { Recordings } from './meeting/Recordings.tsx'
import { Registrants } from './meeting/Registrants.tsx'
import { needsRegistration } from './meeting/registration.ts'
import { Sessions } from './meeting/Sessions.tsx'
import { StartAsHost } from './meeting/StartAsHost.tsx'
import { Summaries } from './meeting/Summaries.tsx'
import { t } from '../language.ts'

export function MeetingPage() {
  const { id = '' } = useParams()
  const meeting = useQuery(queries.meeting(id))
  const above = (
    <Anchor
      component={Link}
      to={paths.meetings()}
      size="sm"
      c="dimmed"
      style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}
    >
      <Icon name="back" size={13} /> {t('Meetings')}
    </Anchor>
  )
  if (!meeting.data) {
    return (
      <>
        <PageHeader title={t('Meeting')} above={above} />
        <Listing answer={meeting} lines={6}>
          {() => null}
        </Listing>
      </>
    )
  }
  return <Full meeting={meeting.data} above={above} />
}

function Full({ meeting, above }: { meeting: Meeting; above: React.ReactNode }) {
  return (
    <>
      <PageHeader
        title={meeting.topic}
        above={above}
        beside={<State {...meetingWords[meeting.state]} />}
        actions={
          <>
            {meeting.join_url && <CopyButton label={t('Copy join link')} value={meeting.join_url} />}
            <Invitation meeting={meeting} />
            <EditMeeting meeting={meeting} />
            <CancelMeeting meeting={meeting} />
            <StartAsHost meeting={meeting} />
          </>
        }
      >
        {meeting.agenda}
      </PageHeader>
      <Stack gap="md">
        <Panel padded>
          <MeetingFacts meeting={meeting} />
        </Panel>
        <Placements meeting={meeting} />
      </Stack>
      <Parts meeting={meeting} />
    </>
  )
}

/** Every part has an address, so that it can be sent to somebody. */
function Parts({ meeting }: { meeting: Meeting }) {
  const [query, setQuery] = useSearchParams()
  const mayRead = useMay('admin')
  const registered = useInfiniteQuery(queries.registrants(meeting.id, {})).data?.pages[0]?.items ?? []
  const summarised = useInfiniteQuery(queries.summaries(meeting.id)).data?.pages[0]?.items ?? []
  const registers = needsRegistration(meeting) || registered.length > 0
  const parts = [
    { value: 'attendance', label: t('Sessions'), show: () => <Sessions meeting={meeting} /> },
    ...(meeting.recurrence
      ? [{ value: 'occurrences', label: t('Occurrences'), show: () => <Occurrences meeting={meeting} /> }]
      : []),
    ...(registers
      ? [{ value: 'registrants', label: t('Registrants'), show: () => <Registrants meeting={meeting} /> }]
      : []),
    { value: 'recordings', label: t('Recordings'), show: () => <Recordings meeting={meeting} /> },
    ...(summarised.length > 0
      ? [{ value: 'summaries', label: t('Summaries'), show: () => <Summaries meeting={meeting} /> }]
      : []),
    { value: 'events', label: t('Events'), show: () => <MeetingEvents meeting={meeting} /> },
    ...(mayRead ? [{ value: 'history', label: t('History'), show: () => <History meeting={meeting} /> }] : []),
  ]
  const tab = parts.find(({ value }) => value === query.get('tab'))?.value ?? 'attendance'
  return (
    <Tabs
      mt="lg"
      value={tab}
      onChange={(value) => setQuery(value === 'attendance' ? {} : { tab: value ?? '' }, { replace: true })}
      keepMounted={false}
    >
      <Tabs.List mb="md" aria-label={t('Parts of the meeting')}>
        {parts.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {parts.map(({ value, show }) => (
        <Tabs.Panel key={value} value={value}>
          {show()}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
