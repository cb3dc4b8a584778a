import { Button, NativeSelect } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import type { MeetingImport, MeetingImportRow } from '../../api.d.ts'
import { files, type ImportRowQuery } from '../../client.ts'
import { DataTable } from '../../components/DataTable.tsx'
import { HubWords } from '../../components/HubWords.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing, More } from '../../components/Listing.tsx'
import { Nothing } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { State } from '../../components/State.tsx'
import { Toolbar } from '../../components/Toolbar.tsx'
import { t } from '../../language.ts'
import { paths } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { importRowWords, meetingNumber } from '../../words.ts'
import classes from './Import.module.css'
import { Search, useSearch } from '../../components/Search.tsx'

const states = Object.keys(importRowWords) as MeetingImportRow['state'][]

/** Every row of an import, with what becomes of it. */
export function ImportRows({ of }: { of: MeetingImport }) {
  const [state, setState] = useState<MeetingImportRow['state']>()
  const search = useSearch()
  const { q } = search
  const filter: ImportRowQuery = { ...(state && { state }), ...(q && { q }) }
  const answer = useInfiniteQuery(queries.meetingImportRows(of, filter))
  return (
    <div>
      <Toolbar>
        <NativeSelect
          aria-label={t('Result')}
          data={[
            { value: '', label: t('Every row') },
            ...states
              .filter((each) => of.rows[each] > 0 || each === state)
              .map((each) => ({ value: each, label: importRowWords[each].word })),
          ]}
          value={state ?? ''}
          onChange={({ currentTarget: { value } }) => setState(states.find((each) => each === value))}
        />
        <Search label={t('Search rows')} placeholder={t('Topic, host, meeting ID or reason')} {...search.field} />
        <Button
          component="a"
          href={files.importCsv(of.id, filter)}
          download
          variant="default"
          leftSection={<Icon name="download" />}
        >
          {t('CSV')}
        </Button>
      </Toolbar>
      <Panel>
        <Listing
          answer={answer}
          lines={8}
          isEmpty={({ pages }) => pages[0]?.items.length === 0}
          empty={
            <Nothing icon="search" title={t('No row fits')}>
              {t('Take a filter away to see more.')}
            </Nothing>
          }
        >
          {({ pages }) => (
            <>
              <DataTable
                label={t('Rows')}
                rows={pages.flatMap(({ items }) => items)}
                keyOf={({ line }) => String(line)}
                columns={[
                  { header: t('Meeting'), cell: (row) => <Named row={row} /> },
                  { header: t('Line'), cell: ({ line }) => line },
                  { header: t('Host'), cell: ({ host }) => host ?? '–' },
                  { header: t('When'), cell: (row) => <When row={row} /> },
                  { header: t('Result'), cell: (row) => <Result row={row} /> },
                ]}
              />
              <More answer={answer} />
            </>
          )}
        </Listing>
      </Panel>
    </div>
  )
}

function Named({ row: { topic, zoom_meeting_id, meeting_id } }: { row: MeetingImportRow }) {
  const name = topic ?? (zoom_meeting_id ? meetingNumber(zoom_meeting_id) : t('Without a name'))
  return meeting_id ? <Link to={paths.meeting(meeting_id)}>{name}</Link> : name
}

/** A time without a zone of its own stands as the list has it. */
function When({ row: { start_time, timezone } }: { row: MeetingImportRow }) {
  if (start_time && /(?:Z|[+-]\d\d:\d\d)$/.test(start_time)) return <Instant at={start_time} zone={timezone} />
  return start_time ? [start_time.slice(0, 16).replace('T', ' '), timezone].filter(Boolean).join(' · ') : '–'
}

function Result({ row: { state, message } }: { row: MeetingImportRow }) {
  return (
    <div className={classes['result']}>
      <State {...importRowWords[state]} />
      {message && (
        <span className={classes['message']}>
          <HubWords of={message} />
        </span>
      )}
    </div>
  )
}
