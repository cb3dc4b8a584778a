import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Meeting, Recording } from '../../api.d.ts'
import { DataTable } from '../../components/DataTable.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing } from '../../components/Listing.tsx'
import { Nothing } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { State } from '../../components/State.tsx'
import { queries } from '../../queries.ts'
import { span } from '../../times.ts'
import { bytes, recordingWords } from '../../words.ts'

export function Recordings({ meeting }: { meeting: Meeting }) {
  const recordings = useQuery(queries.recordings(meeting.id))
  return (
    <Panel>
      <Listing
        answer={recordings}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Nothing icon="play" title="No recording">
            Cloud recordings appear when Zoom has made them ready, some minutes after the end.
          </Nothing>
        }
      >
        {({ items }) => (
          <DataTable
            label="Recordings"
            rows={items}
            keyOf={(recording) => recording.id}
            dim={(recording) => recording.state !== 'ready'}
            columns={[
              { header: 'Recording', cell: (recording) => nameOf(recording) },
              {
                header: 'Began',
                cell: (recording) => <Instant at={recording.recording_start} zone={meeting.timezone} />,
              },
              { header: 'Lasts', cell: lengthOf },
              {
                header: 'Size',
                cell: (recording) => (recording.file_size ? bytes(recording.file_size) : '–'),
                align: 'end',
              },
              { header: 'Passcode', cell: (recording) => recording.passcode || '–' },
              { header: 'State', cell: (recording) => <State {...recordingWords[recording.state]} /> },
              { header: 'Open', quiet: true, align: 'end', cell: (recording) => <Play recording={recording} /> },
            ]}
          />
        )}
      </Listing>
    </Panel>
  )
}

function Play({ recording }: { recording: Recording }) {
  const url = recording.play_url ?? recording.share_url
  if (!url || recording.state !== 'ready') return null
  return (
    <Anchor href={url} target="_blank" rel="noreferrer" size="sm">
      Play at Zoom
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
