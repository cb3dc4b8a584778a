import { useInfiniteQuery } from '@tanstack/react-query'
import type { Meeting } from '../../api.d.ts'
import { Nothing } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { t } from '../../language.ts'
import { queries } from '../../queries.ts'
import { AuditRows } from '../audit/AuditRows.tsx'

/** Who changed the meeting, and when: what the audit log has of it. */
export function History({ meeting }: { meeting: Meeting }) {
  const entries = useInfiniteQuery(queries.audit({ object_id: meeting.id }))
  return (
    <Panel>
      <AuditRows
        label={t('History')}
        answer={entries}
        empty={<Nothing icon="audit" title={t('Nobody has changed it here')} />}
      />
    </Panel>
  )
}
