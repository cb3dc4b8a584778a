import { Button, NativeSelect } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Meeting, Registrant } from '../../api.d.ts'
import { api, files, type RegistrantQuery, type RegistrantRead } from '../../client.ts'
import { DataTable } from '../../components/DataTable.tsx'
import { HubWords } from '../../components/HubWords.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing, More } from '../../components/Listing.tsx'
import { Note, Nothing, Trouble } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { State } from '../../components/State.tsx'
import { Toolbar } from '../../components/Toolbar.tsx'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'
import { queries } from '../../queries.ts'
import { withOwnTimes } from '../../times.ts'
import { registrantWords } from '../../words.ts'
import { Decide } from './DecideRegistrant.tsx'
import { NewRegistrant } from './NewRegistrant.tsx'
import { Search, useSearch } from '../../components/Search.tsx'

const statuses = ['pending', 'approved', 'denied', 'cancelled'] satisfies Registrant['status'][]

/** Who registered, as far as Zoom has told it; Zoom itself is asked by a button alone. */
export function Registrants({ meeting }: { meeting: Meeting }) {
  const search = useSearch()
  const { q } = search
  const [chosen, setChosen] = useState('')
  const status = statuses.find((each) => each === chosen)
  const filter: RegistrantQuery = { ...(q && { q }), ...(status && { status }) }
  const filtered = q !== '' || status !== undefined
  const answer = useInfiniteQuery(queries.registrants(meeting.id, filter))
  const read = answer.data?.pages[0]?.read
  const mayChange = useMay('operator')
  return (
    <>
      <Toolbar>
        <Search label={t('Search registrants')} placeholder={t('Name or e-mail')} {...search.field} />
        <NativeSelect
          aria-label={t('State')}
          value={chosen}
          onChange={(input) => setChosen(input.currentTarget.value)}
          data={[
            { value: '', label: t('Every state') },
            ...statuses.map((value) => ({ value, label: registrantWords[value].word })),
          ]}
        />
      </Toolbar>
      {read?.state === 'failed' && (
        <Note tone="bad" title={t('Zoom did not tell who registered')}>
          {read.reason && <HubWords of={read.reason} />}
        </Note>
      )}
      <Panel
        title={t('Registrants')}
        note={read && whenRead(read)}
        actions={
          <>
            {mayChange && <ReadFromZoom meeting={meeting} reading={read?.state === 'reading'} />}
            <Button
              component="a"
              href={files.registrantsCsv(meeting.id, filter)}
              download
              variant="default"
              size="xs"
              leftSection={<Icon name="download" />}
            >
              {t('CSV')}
            </Button>
            {mayChange && <NewRegistrant meeting={meeting} />}
          </>
        }
      >
        <Listing
          answer={answer}
          isEmpty={({ pages }) => pages[0]?.items.length === 0}
          empty={
            <Nothing
              icon={filtered ? 'search' : 'people'}
              title={filtered ? t('Nothing fits') : t('Nobody is known to have registered')}
            >
              {filtered
                ? t('Look for another word.')
                : t('People appear as they register. Who registered before can be read from Zoom.')}
            </Nothing>
          }
        >
          {({ pages }) => (
            <DataTable
              label={t('Registrants')}
              rows={pages.flatMap(({ items }) => items)}
              keyOf={({ registrant_id }) => registrant_id}
              dim={({ status: now }) => now === 'cancelled' || now === 'denied'}
              columns={[
                { header: t('Name'), cell: nameOf },
                { header: t('E-mail'), cell: ({ email }) => email || '–' },
                {
                  header: t('Registered'),
                  cell: ({ registered_at }) => <Instant at={registered_at} zone={meeting.timezone} />,
                },
                { header: t('State'), cell: ({ status: now }) => <State {...registrantWords[now]} /> },
                {
                  header: t('Decide'),
                  quiet: true,
                  align: 'end',
                  cell: (registrant) =>
                    mayChange && (
                      <Decide meeting={meeting} registrant={registrant} name={nameOf(registrant) || registrant.email} />
                    ),
                },
              ]}
            />
          )}
        </Listing>
        <More answer={answer} />
      </Panel>
    </>
  )
}

const nameOf = ({ first_name, last_name }: Registrant): string => [first_name, last_name].filter(Boolean).join(' ')

function whenRead({ state, read_at }: RegistrantRead): string {
  if (state === 'reading') return t('Zoom is being asked')
  return read_at ? t('Read from Zoom {{time}}', { time: withOwnTimes(read_at) }) : t('From Zoom’s events')
}

function ReadFromZoom({ meeting, reading }: { meeting: Meeting; reading: boolean }) {
  const queryClient = useQueryClient()
  const ask = useMutation({
    mutationFn: () => api.readRegistrants(meeting.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['meetings', meeting.id, 'registrants'] }),
  })
  return (
    <>
      {ask.error && <Trouble error={ask.error} />}
      <Button
        variant="default"
        size="xs"
        leftSection={<Icon name="again" />}
        loading={ask.isPending || reading}
        onClick={() => ask.mutate()}
      >
        {t('Read from Zoom')}
      </Button>
    </>
  )
}
