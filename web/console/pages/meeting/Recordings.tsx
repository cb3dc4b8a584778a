import { Anchor } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Meeting, Recording } from '../../api.d.ts'
import { DataTable } from '../../components/DataTable.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing, More } from '../../components/Listing.tsx'
import { Nothing } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { State } from '../../components/State.tsx'
import { queries } from '../../queries.ts'
import { span } from '../../times.ts'
import { bytes, recordingWords } from '../../words.ts'
import { RecordingPlaces } from './RecordingPlaces.tsx'
import { t } from '../../language.ts'

export function Recordings({ meeting }: { meeting: Meeting }) {
  const recordings = useInfiniteQuery(queries.recordings(meeting.id))
  return (
    <Panel>
      <Listing
        answer={recordings}
        isEmpty={({ pages }) => pages[0]?.items.length === 0}
        empty={
          <Nothing icon="play" title={t('No recording')}>
            {t('Cloud recordings appear when Zoom has made them ready, some minutes after the end.')}
          </Nothing>
        }
      >
        {({ pages }) => (
          <DataTable
            label={t('Recordings')}
            rows={pages.flatMap(({ items }) => items)}
            keyOf={(recording) => recording.id}
            dim={(recording) => recording.state !== 'ready'}
            columns={[
              { header: t('Recording'), cell: (recording) => nameOf(recording) },
              {
                header: t('Began'),
                cell: (recording) => <Instant at={recording.recording_start} zone={meeting.timezone} />,
              },
              { header: t('Lasts'), cell: lengthOf },
              {
                header: t('Size'),
                cell: (recording) => (recording.file_size ? bytes(recording.file_size) : '–'),
                align: 'end',
              },
              { header: t('Passcode'), cell: (recording) => recording.passcode || '–' },
              { header: t('State'), cell: (recording) => <State {...recordingWords[recording.state]} /> },
              {
                header: t('In places'),
                cell: (recording) => <RecordingPlaces recording={recording} name={nameOf(recording)} />,
              },
              { header: t('Open'), quiet: true, align: 'end', cell: (recording) => <Play recording={recording} /> },
            ]}
          />
        )}
      </Listing>
      <More answer={recordings} />
    </Panel>
  )
}

function Play({ recording }: { recording: Recording }) {
  const url = recording.play_url ?? recording.share_url
  if (!url || recording.state !== 'ready') return null
  return (
    <Anchor href={url} target="_blank" rel="noreferrer" size="sm">
      {t('Play at Zoom')}
    </Anchor>
  )
}

/** Zoom's "shared_screen_with_speaker_view" as "Shared screen with speaker view · MP4". */
function nameOf({ recording_type, file_type }: Recording): string {
  const words = (recording_type ?? 'recording').replaceAll('_', ' ')
  return [words.charAt(0).toUpperCase() + words.slice(1), file_type].filter(Boolean).join(' · ')
}

function lengthOf({ recording_start, recording_end }: Recording): string {
  if (!recording_start || !recording_end) return '–'
  return span((Date.parse(recording_end) - Date.parse(recording_start)) / 1000)
}
