import { useState } from 'react'
import type { Meeting } from '../../api.d.ts'
import { Nothing } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { EventDrawer } from '../events/EventDrawer.tsx'
import { EventList } from '../events/EventList.tsx'
import { t } from '../../language.ts'

export function MeetingEvents({ meeting }: { meeting: Meeting }) {
  const [chosen, setChosen] = useState<string | null>(null)
  return (
    <Panel>
      <EventList
        filter={{ meeting_id: meeting.id }}
        live
        onChosen={setChosen}
        empty={
          <Nothing icon="events" title={t('No event')}>
            {t('Zoom has sent nothing about this meeting so far.')}
          </Nothing>
        }
      />
      <EventDrawer id={chosen} onClose={() => setChosen(null)} />
    </Panel>
  )
}
