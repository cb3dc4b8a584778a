import { Anchor } from '@mantine/core'
import type { Meeting } from '../../api.d.ts'
import { Facts } from '../../components/Facts.tsx'
import { Instant } from '../../components/Instant.tsx'
import { inZone, span, viewerZone } from '../../times.ts'
import { meetingNumber, recurrenceInWords } from '../../words.ts'

export function MeetingFacts({ meeting }: { meeting: Meeting }) {
  const { timezone, recurrence } = meeting
  const at = meeting.next_start_time ?? meeting.start_time
  const elsewhere = timezone && timezone !== viewerZone() && at
  return (
    <Facts
      facts={{
        [recurrence ? 'Next' : 'Starts']: <Instant at={at} zone={timezone} none="No fixed time" />,
        'In its own zone': elsewhere && inZone(at, timezone),
        Lasts: meeting.duration && span(meeting.duration * 60),
        Repeats: recurrence && recurrenceInWords(recurrence),
        Host: meeting.host_email ?? meeting.host_id,
        Kind: meeting.kind === 'webinar' && 'Webinar',
        'Meeting ID': meetingNumber(meeting.zoom_meeting_id),
        Passcode: meeting.password,
        'Join link': meeting.join_url && (
          <Anchor href={meeting.join_url} target="_blank" rel="noreferrer" size="sm">
            Join in Zoom
          </Anchor>
        ),
        'Last change': <Instant at={meeting.changed_at} as="ago" />,
      }}
    />
  )
}
