import { Button, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { files, type UnmatchedQuery } from '../../client.ts'
import { DataTable } from '../../components/DataTable.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing, More } from '../../components/Listing.tsx'
import { Nothing } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { t } from '../../language.ts'
import { paths } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { dayIn, daysIn } from '../../times.ts'
import { AssignPerson } from '../meeting/AssignPerson.tsx'

interface UnmatchedDaysProps {
  query: URLSearchParams
  onChange: (query: URLSearchParams, options: { replace: boolean }) => void
}

/** Of which days, in the address. */
export function UnmatchedDays({ query, onChange }: UnmatchedDaysProps) {
  const at = (name: 'from' | 'to') => ({
    value: dayIn(query, name),
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => {
      const next = new URLSearchParams(query)
      if (value) next.set(name, value)
      else next.delete(name)
      onChange(next, { replace: true })
    },
  })
  return (
    <>
      <TextInput type="date" aria-label={t('From the day')} {...at('from')} />
      <TextInput type="date" aria-label={t('To the day')} {...at('to')} />
    </>
  )
}

/** Those of all sessions of whom a name alone is known, to be assigned one after the other. */
export function Unmatched({ q, query }: { q: string; query: URLSearchParams }) {
  const filter: UnmatchedQuery = { ...(q && { q }), ...daysIn(query) }
  const filtered = Object.keys(filter).length > 0
  const answer = useInfiniteQuery(queries.unmatched(filter))
  return (
    <Panel
      title={t('Known by name only')}
      actions={
        <Button
          component="a"
          href={files.unmatchedCsv(filter)}
          download
          variant="default"
          size="xs"
          leftSection={<Icon name="download" />}
        >
          {t('CSV')}
        </Button>
      }
    >
      <Listing
        answer={answer}
        lines={8}
        isEmpty={({ pages }) => pages[0]?.items.length === 0}
        empty={
          <Nothing
            icon={filtered ? 'search' : 'done'}
            title={filtered ? t('Nothing fits') : t('Everybody who came is known')}
          />
        }
      >
        {({ pages }) => (
          <DataTable
            label={t('Known by name only')}
            rows={pages.flatMap(({ items }) => items)}
            keyOf={({ uuid, key }) => `${uuid} ${key}`}
            columns={[
              { header: t('Name'), cell: ({ name }) => name },
              {
                header: t('Session'),
                cell: ({ meeting_id, uuid, topic }) => <Link to={paths.session(meeting_id, uuid)}>{topic}</Link>,
              },
              { header: t('Began'), cell: ({ started_at }) => <Instant at={started_at} /> },
              { header: t('Joined'), cell: ({ joined_at }) => <Instant at={joined_at} as="clock" /> },
              {
                header: t('Left'),
                cell: ({ left_at }) => <Instant at={left_at} as="clock" none={t('still there')} />,
              },
              {
                header: t('Assign'),
                quiet: true,
                align: 'end',
                cell: ({ uuid, key, name }) => (
                  <AssignPerson uuid={uuid} attendee={{ key, name, known_by: 'name', person_id: null }} />
                ),
              },
            ]}
          />
        )}
      </Listing>
      <More answer={answer} />
    </Panel>
  )
}
