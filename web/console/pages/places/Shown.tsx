import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { Place } from '../../api.d.ts'
import { DataTable } from '../../components/DataTable.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing, More } from '../../components/Listing.tsx'
import { Nothing } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { State } from '../../components/State.tsx'
import { Toolbar } from '../../components/Toolbar.tsx'
import { t } from '../../language.ts'
import { outside, paths } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { placementWords } from '../../words.ts'
import { CsvLink, Search, useSearch } from '../../components/Search.tsx'

/** Which meetings a place shows, or has shown. */
export function Shown({ place: { id } }: { place: Place }) {
  const search = useSearch()
  const { q } = search
  const answer = useInfiniteQuery(queries.placementsOfPlace(id, q))
  return (
    <section>
      <Toolbar label={t('Meetings there')}>
        <Search label={t('Search the meetings there')} placeholder={t('Topic')} {...search.field} />
        <CsvLink href={outside.placements_csv(id, q ? { q } : {})} />
      </Toolbar>
      <Panel title={t('Meetings there')}>
        <Listing
          answer={answer}
          isEmpty={({ pages }) => pages[0]?.items.length === 0}
          empty={<Nothing icon="meetings" title={t('No meeting is shown there')} />}
        >
          {({ pages }) => (
            <DataTable
              label={t('Meetings there')}
              rows={pages.flatMap(({ items }) => items)}
              keyOf={(placement) => placement.id}
              columns={[
                {
                  header: t('Topic'),
                  cell: ({ meeting_id, title }) => <Link to={paths.meeting(meeting_id)}>{title}</Link>,
                },
                { header: t('State'), cell: ({ state }) => <State {...placementWords[state]} /> },
                { header: t('Since'), cell: ({ created_at }) => <Instant at={created_at} /> },
              ]}
            />
          )}
        </Listing>
        <More answer={answer} />
      </Panel>
    </section>
  )
}
