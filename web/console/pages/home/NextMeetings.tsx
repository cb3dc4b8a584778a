import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Icon } from '../../components/Icon.tsx'
import { Listing } from '../../components/Listing.tsx'
import { Nothing } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useMay } from '../../may.ts'
import { paths } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { MeetingLines } from './MeetingLines.tsx'
import { t } from '../../language.ts'

export function NextMeetings() {
  const next = useQuery(queries.nextMeetings())
  const mayChange = useMay('operator')
  return (
    <Panel
      title={t('Next meetings')}
      actions={
        <Anchor component={Link} to={paths.meetings()} size="sm">
          {t('All meetings')}
        </Anchor>
      }
    >
      <Listing
        answer={next}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Nothing
            icon="meetings"
            title={t('Nothing is planned')}
            action={
              mayChange && (
                <Button component={Link} to={paths.new_meeting()} variant="default" leftSection={<Icon name="plus" />}>
                  {t('New meeting')}
                </Button>
              )
            }
          >
            {t('Meetings scheduled here or in Zoom appear by themselves.')}
          </Nothing>
        }
      >
        {({ items }) => (
          <MeetingLines meetings={items} timeOf={(meeting) => meeting.next_start_time ?? meeting.start_time} />
        )}
      </Listing>
    </Panel>
  )
}
