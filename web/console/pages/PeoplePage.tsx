import { ActionIcon, Button, Modal, SegmentedControl } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useAddress } from '../address.ts'
import type { Person } from '../api.d.ts'
import { DataTable } from '../components/DataTable.tsx'
import { Icon } from '../components/Icon.tsx'
import { Instant } from '../components/Instant.tsx'
import { Listing, More } from '../components/Listing.tsx'
import { Nothing } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { Toolbar } from '../components/Toolbar.tsx'
import { t } from '../language.ts'
import { useMay } from '../may.ts'
import { outside, paths } from '../paths.ts'
import { queries } from '../queries.ts'
import { AddZoomUser } from './people/AddZoomUser.tsx'
import { nameOfPerson, sourceOf } from './people/names.ts'
import { Ties } from './people/Ties.tsx'
import { Unmatched, UnmatchedDays } from './people/Unmatched.tsx'
import { zoomUserFilter, ZoomUserFilters, ZoomUsers } from './people/ZoomUsers.tsx'
import { CsvLink, Search, useSearch } from '../components/Search.tsx'

const views = [
  { value: 'persons', label: t('Persons') },
  { value: 'zoom', label: t('Zoom users') },
  { value: 'unmatched', label: t('Unmatched') },
] as const

const about = {
  persons: t('Everybody whom a course, a chat or Zoom knows, and what ties them to one person.'),
  zoom: t('The users of the connected Zoom accounts, as Zoom told of them last.'),
  unmatched: t('Who was in a session and is known by the name alone that was typed in. Say who it was, and it counts.'),
} satisfies Record<(typeof views)[number]['value'], string>

/** The people of courses and chats, and the users of Zoom. */
export function PeoplePage() {
  const [query, setQuery] = useSearchParams()
  const of = views.find(({ value }) => value === query.get('of'))?.value ?? 'persons'
  const mayAdd = useMay('admin')
  const [opened, { open, close }] = useDisclosure()
  const search = useSearch()
  const { q } = search
  const { change } = useAddress()
  const zoomUsers = zoomUserFilter(query, q)
  return (
    <>
      <PageHeader
        title={t('People')}
        actions={
          <>
            <Button component={Link} to={paths.licences()} variant="default" leftSection={<Icon name="key" />}>
              {t('Licences')}
            </Button>
            {mayAdd && (
              <Button leftSection={<Icon name="plus" />} onClick={open}>
                {t('Add a Zoom user')}
              </Button>
            )}
          </>
        }
      >
        {about[of]}
      </PageHeader>
      <Toolbar>
        <SegmentedControl
          aria-label={t('Which people')}
          data={[...views]}
          value={of}
          onChange={(value) => setQuery(value === 'persons' ? {} : { of: value }, { replace: true })}
        />
        <Search label={t('Search people')} placeholder={t('Name or e-mail')} {...search.field} />
        {of !== 'unmatched' && (
          <CsvLink
            href={
              of === 'zoom'
                ? outside.list_csv('zoom_users', texts(zoomUsers))
                : outside.list_csv('persons', q ? { q } : {})
            }
          />
        )}
        {of === 'zoom' && <ZoomUserFilters query={query} onChange={change} />}
        {of === 'unmatched' && <UnmatchedDays query={query} onChange={setQuery} />}
      </Toolbar>
      {of === 'unmatched' && <Unmatched q={q} query={query} />}
      {of === 'zoom' && <ZoomUsers filter={zoomUsers} nothing={nothing(q)} />}
      {of === 'persons' && (
        <Panel>
          <Persons q={q} />
        </Panel>
      )}
      <Modal
        opened={opened}
        onClose={close}
        title={t('Add a Zoom user')}
        centered
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <AddZoomUser onDone={close} />
      </Modal>
    </>
  )
}

const texts = (filter: object): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, String(value)]))

const nothing = (q: string) => (
  <Nothing icon={q ? 'search' : 'people'} title={q ? t('Nothing fits “{{q}}”', { q }) : t('Nobody is known yet')}>
    {q ? t('Look for another word.') : t('People appear as soon as a course, a chat or Zoom tells of them.')}
  </Nothing>
)

function Persons({ q }: { q: string }) {
  const answer = useInfiniteQuery(queries.personList(q))
  const [open, setOpen] = useState<string>()
  return (
    <>
      <Listing answer={answer} lines={8} isEmpty={({ pages }) => pages[0]?.items.length === 0} empty={nothing(q)}>
        {({ pages }) => (
          <DataTable
            label={t('Persons')}
            rows={pages.flatMap(({ items }) => items)}
            keyOf={({ id }) => id}
            columns={[
              { header: t('Name'), cell: (person) => nameOfPerson(person) },
              { header: t('E-mail'), cell: (person) => addresses(person) || '–' },
              { header: t('Known by'), cell: (person) => tiesOf(person) },
              { header: t('Since'), cell: ({ created_at }) => <Instant at={created_at} /> },
              {
                header: t('Ties'),
                quiet: true,
                width: '1px',
                cell: (person) => (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-expanded={open === person.id}
                    aria-label={t('Ties of {{name}}', { name: nameOfPerson(person) })}
                    onClick={() => setOpen(open === person.id ? undefined : person.id)}
                  >
                    <Icon name="more" />
                  </ActionIcon>
                ),
              },
            ]}
            below={(person) => (open === person.id ? <Ties person={person} /> : null)}
          />
        )}
      </Listing>
      <More answer={answer} />
    </>
  )
}

const addresses = ({ links }: Person): string => [...new Set(links.flatMap(({ email }) => email ?? []))].join(', ')

const tiesOf = ({ links }: Person): string => [...new Set(links.map(({ source }) => sourceOf(source)))].join(', ')
