import { Anchor } from '@mantine/core'
import type { Meeting } from '../../api.d.ts'
import { Facts } from '../../components/Facts.tsx'
import { Instant } from '../../components/Instant.tsx'
import { inZone, span, viewerZone } from '../../times.ts'
import { recurrenceInWords } from '../../recurrence.ts'
import { meetingNumber } from '../../words.ts'
import { t } from '../../language.ts'

export function MeetingFacts({ meeting }: { meeting: Meeting }) {
  const { timezone, recurrence } = meeting
  const at = meeting.next_start_time ?? meeting.start_time
  const elsewhere = timezone && timezone !== viewerZone() && at
  return (
    <Facts
      facts={{
        [recurrence ? t('Next') : t('Starts')]: <Instant at={at} zone={timezone} none={t('No fixed time')} />,
        [t('In its own zone')]: elsewhere && inZone(at, timezone),
        [t('Lasts')]: meeting.duration && span(meeting.duration * 60),
        [t('Repeats')]: recurrence && recurrenceInWords(recurrence, timezone),
        [t('Host')]: meeting.host_email ?? meeting.host_id,
        [t('Kind')]: meeting.kind === 'webinar' && t('Webinar'),
        [t('Meeting ID')]: meetingNumber(meeting.zoom_meeting_id),
        [t('Passcode')]: meeting.password,
        [t('Join link')]: meeting.join_url && (
          <Anchor href={meeting.join_url} target="_blank" rel="noreferrer" size="sm">
            {t('Join in Zoom')}
          </Anchor>
        ),
        [t('Last change')]: <Instant at={meeting.changed_at} as="ago" />,
      }}
    />
  )
}
