import { TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AuditQuery } from '../client.ts'
import { Nothing } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { Toolbar } from '../components/Toolbar.tsx'
import { t } from '../language.ts'
import { outside } from '../paths.ts'
import { queries } from '../queries.ts'
import { AuditRows } from './audit/AuditRows.tsx'
import { CsvLink, Search, useSearch } from '../components/Search.tsx'

/** Who did what, and when. */
export function AuditPage() {
  const search = useSearch()
  const { q } = search
  const [day, setDay] = useState('')
  const filter: AuditQuery = { ...(q && { q }), ...dayOf(day) }
  const entries = useInfiniteQuery(queries.audit(filter))
  return (
    <>
      <PageHeader title={t('Audit log')} actions={<CsvLink href={outside.audit_csv(filter)} />}>
        {t('Every change that somebody made here, or that Greenroom made by itself.')}
      </PageHeader>
      <Toolbar>
        <Search label={t('Search the audit log')} placeholder={t('Who, what or about what')} {...search.field} />
        <TextInput
          type="date"
          aria-label={t('On the day')}
          value={day}
          onChange={(input) => setDay(input.currentTarget.value)}
        />
      </Toolbar>
      <Panel>
        <AuditRows
          label={t('Audit log')}
          answer={entries}
          empty={
            <Nothing icon="search" title={t('Nothing fits')}>
              {t('Take a filter away to see more.')}
            </Nothing>
          }
        />
      </Panel>
    </>
  )
}

/** The reader's own day, from its midnight to the next. */
function dayOf(day: string): Pick<AuditQuery, 'from' | 'to'> {
  if (!day) return {}
  const from = new Date(`${day}T00:00:00`)
  const to = new Date(from)
  to.setDate(to.getDate() + 1)
  return { from: from.toISOString(), to: new Date(to.getTime() - 1).toISOString() }
}
