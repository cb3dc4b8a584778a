import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { AuditEntry } from '../../api.d.ts'
import type { Page } from '../../client.ts'
import { DataTable } from '../../components/DataTable.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing, More } from '../../components/Listing.tsx'
import { hubWords, t } from '../../language.ts'
import classes from './AuditRows.module.css'

interface AuditRowsProps {
  label: string
  answer: UseInfiniteQueryResult<InfiniteData<Page<AuditEntry>>>
  empty: ReactNode
}

/** Entries of the audit log: when, who, what, and about what. */
export function AuditRows({ label, answer, empty }: AuditRowsProps) {
  return (
    <>
      <Listing answer={answer} lines={8} isEmpty={({ pages }) => pages[0]?.items.length === 0} empty={empty}>
        {({ pages }) => (
          <DataTable
            label={label}
            rows={pages.flatMap(({ items }) => items)}
            keyOf={({ at, action, object_id, detail }) => `${at} ${action} ${object_id} ${JSON.stringify(detail)}`}
            columns={[
              { header: t('When'), cell: ({ at }) => <Instant at={at} as="toTheSecond" /> },
              { header: t('Who'), cell: who },
              { header: t('What'), cell: ({ action }) => <code>{action}</code> },
              {
                header: t('About'),
                cell: ({ object_id, detail }) => (
                  <span className={classes['detail']}>{[object_id, ...pairs(detail)].filter(Boolean).join(' · ')}</span>
                ),
              },
            ]}
          />
        )}
      </Listing>
      <More answer={answer} />
    </>
  )
}

const who = ({ actor, actor_name }: AuditEntry): string => (actor_name ? `${actor_name} (${actor})` : actor)

interface Change {
  part: string
  from?: unknown
  to?: unknown
}

/** Of a change, what was and what is; the names of what was sent say no more beside it. */
function pairs({ changes, ...detail }: AuditEntry['detail'] & { changes?: Change[] }): string[] {
  const shown = changes?.length ? Object.entries(detail).filter(([key]) => key !== 'fields') : Object.entries(detail)
  return [
    ...shown.map(([key, value]) => `${key}: ${typeof value === 'string' ? hubWords(value) : JSON.stringify(value)}`),
    ...(changes ?? []).map(({ part, ...values }) =>
      'to' in values ? `${part}: ${plain(values.from)} → ${plain(values.to)}` : part,
    ),
  ]
}

const plain = (value: unknown): string =>
  value === null || value === undefined || value === ''
    ? '–'
    : typeof value === 'string'
      ? value
      : JSON.stringify(value)
