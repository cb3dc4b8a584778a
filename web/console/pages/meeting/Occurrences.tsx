import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Meeting } from '../../api.d.ts'
import { DataTable } from '../../components/DataTable.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing } from '../../components/Listing.tsx'
import { Nothing } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { State } from '../../components/State.tsx'
import { queries } from '../../queries.ts'
import { span } from '../../times.ts'
import { CancelMeeting } from './CancelMeeting.tsx'
import { EditOccurrence } from './EditOccurrence.tsx'
import { t } from '../../language.ts'

export function Occurrences({ meeting }: { meeting: Meeting }) {
  const occurrences = useQuery(queries.occurrences(meeting.id))
  return (
    <Panel>
      <Listing
        answer={occurrences}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Nothing icon="repeat" title={t('No occurrence')}>
            {t('It repeats without a fixed time.')}
          </Nothing>
        }
      >
        {({ items }) => (
          <DataTable
            label={t('Occurrences')}
            rows={items}
            keyOf={(occurrence) => occurrence.occurrence_id}
            dim={(occurrence) => occurrence.status === 'deleted'}
            columns={[
              {
                header: t('When'),
                cell: (occurrence) => <Instant at={occurrence.start_time} zone={meeting.timezone} />,
              },
              { header: t('Lasts'), cell: (occurrence) => span(occurrence.duration * 60) },
              {
                header: t('State'),
                cell: ({ status, start_time }) => {
                  if (status === 'deleted') return <State word={t('Cancelled')} tone="warn" />
                  return <State word={Date.parse(start_time) < Date.now() ? t('Past') : t('Planned')} tone="quiet" />
                },
              },
              {
                header: t('Actions'),
                quiet: true,
                align: 'end',
                cell: (occurrence) =>
                  occurrence.status === 'available' &&
                  Date.parse(occurrence.start_time) > Date.now() && (
                    <Group gap={6} justify="flex-end">
                      <EditOccurrence meeting={meeting} occurrence={occurrence} />
                      <CancelMeeting meeting={meeting} occurrence={occurrence} />
                    </Group>
                  ),
              },
            ]}
          />
        )}
      </Listing>
    </Panel>
  )
}
