import { Anchor } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { DataTable, rowLink } from '../components/DataTable.tsx'
import { Instant } from '../components/Instant.tsx'
import { Listing, More } from '../components/Listing.tsx'
import { Note, Nothing } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { State } from '../components/State.tsx'
import { t } from '../language.ts'
import { useMay } from '../may.ts'
import { paths } from '../paths.ts'
import { queries } from '../queries.ts'
import { importWords } from '../words.ts'
import classes from './HomePage.module.css'
import { ImportView } from './import/ImportView.tsx'
import { NewImport } from './import/NewImport.tsx'

/** Many meetings at once: a list is tried first, then carried out. */
export function ImportPage() {
  const [query] = useSearchParams()
  const id = query.get('import')
  const mayImport = useMay('operator')
  if (id) return <ImportView key={id} id={id} />
  return (
    <>
      <PageHeader
        title={t('Import meetings')}
        above={
          <Anchor component={Link} to={paths.meetings()} size="sm">
            {t('Meetings')}
          </Anchor>
        }
      >
        {t('Meetings that exist at Zoom are fetched by their IDs, and new ones are made from a spreadsheet.')}
      </PageHeader>
      <div className={classes['stack']}>
        {mayImport ? (
          <Panel title={t('The list')} padded>
            <NewImport />
          </Panel>
        ) : (
          <Note tone="hint" title={t('An operator imports meetings')} />
        )}
        <Panel title={t('Imports so far')}>
          <Imports />
        </Panel>
      </div>
    </>
  )
}

function Imports() {
  const answer = useInfiniteQuery(queries.meetingImports())
  return (
    <Listing
      answer={answer}
      isEmpty={({ pages }) => pages[0]?.items.length === 0}
      empty={
        <Nothing icon="meetings" title={t('Nothing was imported yet')}>
          {t('Each import stands here for 90 days, with what became of its rows.')}
        </Nothing>
      }
    >
      {({ pages }) => (
        <>
          <DataTable
            label={t('Imports')}
            rows={pages.flatMap(({ items }) => items)}
            keyOf={({ id }) => id}
            columns={[
              {
                header: t('Begun'),
                cell: ({ id, created_at }) => (
                  <Link className={rowLink} to={paths.meeting_import(id)}>
                    <Instant at={created_at} />
                  </Link>
                ),
              },
              { header: t('Rows'), cell: ({ total }) => total },
              { header: t('Done'), cell: ({ rows }) => rows.created + rows.found + rows.already_here },
              { header: t('Refused'), cell: ({ rows }) => rows.refused },
              { header: t('State'), cell: ({ state }) => <State {...importWords[state]} /> },
            ]}
          />
          <More answer={answer} />
        </>
      )}
    </Listing>
  )
}
