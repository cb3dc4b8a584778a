import { Button, Modal, NativeSelect } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { api, type Holder, type Lease, type Pool } from '../client.ts'
import { Confirm } from '../components/Confirm.tsx'
import { DataTable } from '../components/DataTable.tsx'
import { Numbers } from '../components/Facts.tsx'
import { HubWords } from '../components/HubWords.tsx'
import { Icon } from '../components/Icon.tsx'
import { Instant } from '../components/Instant.tsx'
import { Listing, More } from '../components/Listing.tsx'
import { Nothing } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { State } from '../components/State.tsx'
import { Toolbar } from '../components/Toolbar.tsx'
import { t } from '../language.ts'
import { useMay } from '../may.ts'
import { outside, paths } from '../paths.ts'
import { queries } from '../queries.ts'
import classes from './HomePage.module.css'
import { Lend } from './licences/Lend.tsx'
import { Rules } from './licences/Rules.tsx'
import { keptWords, leaseWords, reasonWords } from './licences/words.ts'
import { CsvLink, Search, useSearch } from '../components/Search.tsx'

/** Who holds the Zoom account's licences, and by which rules they are lent. */
export function LicencesPage() {
  const [query, setQuery] = useSearchParams()
  const pools = useQuery(queries.licences())
  const [opened, { open, close }] = useDisclosure()
  const items = pools.data?.items ?? []
  const pool = items.find(({ connection_id }) => connection_id === query.get('account')) ?? items[0]
  const mayLend = useMay('operator') && pool?.state === 'on'
  return (
    <>
      <PageHeader
        title={t('Licences')}
        above={<Link to={paths.people()}>{t('People')}</Link>}
        actions={
          mayLend && (
            <Button leftSection={<Icon name="key" />} onClick={open}>
              {t('Lend a licence')}
            </Button>
          )
        }
      >
        {t(
          'A host without a licence is lent one when a meeting is planned, begins soon or is joined, and gives it back afterwards.',
        )}
      </PageHeader>
      {items.length > 1 && (
        <Toolbar label={t('Zoom account')}>
          <NativeSelect
            aria-label={t('Zoom account')}
            value={pool?.connection_id}
            data={items.map(({ connection_id, zoom_app_name, account_id }) => ({
              value: connection_id,
              label: [zoom_app_name, account_id].filter(Boolean).join(' · '),
            }))}
            onChange={({ currentTarget: { value } }) => setQuery({ account: value }, { replace: true })}
          />
        </Toolbar>
      )}
      <Listing
        answer={pools}
        isEmpty={() => pool === undefined}
        empty={
          <Panel>
            <Nothing icon="key" title={t('No Zoom account is connected')}>
              {t('Licences belong to an account: connect an app that speaks for it, under Settings.')}
            </Nothing>
          </Panel>
        }
      >
        {() => pool && <OfPool key={pool.connection_id} pool={pool} />}
      </Listing>
      <Modal
        opened={opened}
        onClose={close}
        title={t('Lend a licence')}
        centered
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        {pool && <Lend pool={pool} onDone={close} />}
      </Modal>
    </>
  )
}

function OfPool({ pool }: { pool: Pool }) {
  return (
    <div className={classes['stack']}>
      <Panel padded>
        <Numbers
          numbers={[
            { label: t('With a licence'), value: pool.licensed },
            { label: t('Without'), value: pool.basic },
            { label: t('Lent from here'), value: pool.lent },
            { label: t('Could be taken now'), value: pool.can_be_taken },
          ]}
        />
      </Panel>
      <Rules pool={pool} />
      <Holders pool={pool} />
      <Leases pool={pool} />
    </div>
  )
}

function Holders({ pool: { connection_id } }: { pool: Pool }) {
  const search = useSearch()
  const { q } = search
  const answer = useInfiniteQuery(queries.licenceHolders(connection_id, q))
  return (
    <section>
      <Toolbar label={t('Who has a licence')}>
        <Search label={t('Search who has a licence')} placeholder={t('Name or e-mail')} {...search.field} />
        <CsvLink href={outside.holders_csv(connection_id, q ? { q } : {})} />
      </Toolbar>
      <Panel title={t('Who has a licence')}>
        <Listing
          answer={answer}
          isEmpty={({ pages }) => pages[0]?.items.length === 0}
          empty={<Nothing icon="key" title={q ? t('Nothing fits “{{q}}”', { q }) : t('Nobody has a licence')} />}
        >
          {({ pages }) => (
            <DataTable
              label={t('Who has a licence')}
              rows={pages.flatMap(({ items }) => items)}
              keyOf={({ zoom_user_id }) => zoom_user_id}
              columns={[
                { header: t('Name'), cell: ({ display_name, email }) => display_name ?? email },
                { header: t('E-mail'), cell: ({ email }) => email },
                {
                  header: t('From'),
                  cell: ({ lease_id }) => (lease_id ? t('Lent from here') : t('Given at Zoom')),
                },
                {
                  header: t('Last use'),
                  cell: ({ last_use }) => <Instant at={last_use} as="ago" none={t('not known')} />,
                },
                { header: t('Next meeting'), cell: ({ next_meeting_at }) => <Instant at={next_meeting_at} none="–" /> },
                {
                  header: t('May be taken'),
                  cell: ({ kept }) => (kept ? <State {...keptWords[kept]} /> : <State word={t('Yes')} tone="quiet" />),
                },
                { header: t('Actions'), quiet: true, align: 'end', cell: (holder) => <CallBack holder={holder} /> },
              ]}
            />
          )}
        </Listing>
        <More answer={answer} />
      </Panel>
    </section>
  )
}

function CallBack({ holder: { lease_id, email, kept } }: { holder: Holder }) {
  const [opened, { open, close }] = useDisclosure()
  const queryClient = useQueryClient()
  const mayReturn = useMay('operator')
  const giveBack = useMutation({
    mutationFn: (id: string) => api.returnLicence(id),
    onSuccess: () => {
      close()
      return queryClient.invalidateQueries({ queryKey: ['licences'] })
    },
  })
  if (!lease_id || !mayReturn || kept === 'live') return null
  return (
    <>
      <Button variant="default" size="compact-sm" aria-label={t('Call back from {{email}}', { email })} onClick={open}>
        {t('Call back')}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={t('Call back the licence of {{email}}?', { email })}
        action={t('Call back')}
        keep={t('Leave it')}
        pending={giveBack.isPending}
        error={giveBack.error}
        onConfirm={() => giveBack.mutate(lease_id)}
      >
        {t('Their next meeting is lent one again, if one is free then.')}
      </Confirm>
    </>
  )
}

function Leases({ pool: { connection_id } }: { pool: Pool }) {
  const [state, setState] = useState('')
  const search = useSearch()
  const { q } = search
  const wanted = (Object.keys(leaseWords) as Lease['state'][]).find((each) => each === state)
  const filter = { ...(wanted && { state: wanted }), ...(q && { q }) }
  const answer = useInfiniteQuery(queries.licenceLeases(connection_id, filter))
  return (
    <section>
      <Toolbar label={t('What was lent')}>
        <NativeSelect
          aria-label={t('State')}
          value={state}
          onChange={({ currentTarget: { value } }) => setState(value)}
          data={[
            { value: '', label: t('Every state') },
            ...Object.entries(leaseWords).map(([value, { word }]) => ({ value, label: word })),
          ]}
        />
        <Search label={t('Search what was lent')} placeholder={t('E-mail')} {...search.field} />
        <CsvLink href={outside.leases_csv(connection_id, filter)} />
      </Toolbar>
      <Panel title={t('What was lent')}>
        <Listing
          answer={answer}
          isEmpty={({ pages }) => pages[0]?.items.length === 0}
          empty={<Nothing icon="key" title={t('Nothing was lent')} />}
        >
          {({ pages }) => (
            <DataTable
              label={t('What was lent')}
              rows={pages.flatMap(({ items }) => items)}
              keyOf={({ id }) => id}
              columns={[
                { header: t('To'), cell: ({ email, zoom_user_id }) => email ?? zoom_user_id },
                { header: t('State'), cell: (lease) => <State {...leaseWords[lease.state]} /> },
                { header: t('Because'), cell: (lease) => <Because lease={lease} /> },
                {
                  header: t('From'),
                  cell: ({ taken_from_email, taken_from }) => taken_from_email ?? taken_from ?? '–',
                },
                { header: t('Asked'), cell: ({ asked_at }) => <Instant at={asked_at} as="toTheSecond" /> },
                { header: t('Until'), cell: ({ ended_at }) => <Instant at={ended_at} as="toTheSecond" none="–" /> },
              ]}
            />
          )}
        </Listing>
        <More answer={answer} />
      </Panel>
    </section>
  )
}

function Because({ lease: { reason, meeting_id, refusal } }: { lease: Lease }) {
  return (
    <>
      {meeting_id ? <Link to={paths.meeting(meeting_id)}>{reasonWords[reason]}</Link> : reasonWords[reason]}
      {refusal && (
        <div>
          <HubWords of={refusal.message} />
        </div>
      )}
    </>
  )
}
