import { Anchor, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Place } from '../../api.d.ts'
import { DataTable } from '../../components/DataTable.tsx'
import { Icon } from '../../components/Icon.tsx'
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

/** Which meetings a place shows, or has shown. */
export function Shown({ place: { id } }: { place: Place }) {
  const [words, setWords] = useState('')
  const [q] = useDebouncedValue(words.trim(), 250)
  const answer = useInfiniteQuery(queries.placementsOfPlace(id, q))
  return (
    <section>
      <Toolbar label={t('Meetings there')}>
        <TextInput
          type="search"
          aria-label={t('Search the meetings there')}
          placeholder={t('Topic')}
          leftSection={<Icon name="search" />}
          value={words}
          onChange={(input) => setWords(input.currentTarget.value)}
        />
        <Anchor href={outside.placements_csv(id, q ? { q } : {})} size="sm" download>
          {t('CSV')}
        </Anchor>
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
        <More
          hasMore={answer.hasNextPage}
          loading={answer.isFetchingNextPage}
          onMore={() => void answer.fetchNextPage()}
        />
      </Panel>
    </section>
  )
}
