import { Button, Modal, NativeSelect } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { api, type Delivery, type DeliveryQuery, type Subscription } from '../client.ts'
import { DataTable, rowLink } from '../components/DataTable.tsx'
import { Icon } from '../components/Icon.tsx'
import { Instant } from '../components/Instant.tsx'
import { Listing, More } from '../components/Listing.tsx'
import { Nothing, Trouble } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { Replays } from '../components/Replays.tsx'
import { State, type Tone } from '../components/State.tsx'
import { Toolbar } from '../components/Toolbar.tsx'
import { hubWords, t } from '../language.ts'
import { useMay } from '../may.ts'
import { outside, paths } from '../paths.ts'
import { queries } from '../queries.ts'
import classes from './HomePage.module.css'
import { DeliveryDrawer } from './webhooks/DeliveryDrawer.tsx'
import { NewSubscription } from './webhooks/NewSubscription.tsx'
import { triggers } from './webhooks/SubscriptionFields.tsx'
import { SubscriptionFilter } from './webhooks/SubscriptionFilter.tsx'
import { SubscriptionActions } from './webhooks/SubscriptionActions.tsx'
import { deliveryWords } from './webhooks/words.ts'
import { CsvLink, Search, useSearch } from '../components/Search.tsx'

/** Who hears of what happens here, and what became of each message. */
export function WebhooksPage() {
  const search = useSearch()
  const { q } = search
  const found = useInfiniteQuery(queries.subscriptionList(q))
  const [opened, { open, close }] = useDisclosure()
  const mayChange = useMay('admin')
  const add = mayChange && (
    <Button leftSection={<Icon name="plus" />} onClick={open}>
      {t('Add a webhook')}
    </Button>
  )
  return (
    <>
      <PageHeader title={t('Webhooks')} actions={add} above={<Link to={paths.places()}>{t('Places')}</Link>}>
        {t('Your own programs hear of what happens, signed as Standard Webhooks.')}
      </PageHeader>
      <Toolbar label={t('Webhooks')}>
        <Search label={t('Search webhooks')} placeholder={t('Name or address')} {...search.field} />
        <CsvLink href={outside.list_csv('subscriptions', q ? { q } : {})} />
      </Toolbar>
      <div className={classes['stack']}>
        <Panel>
          <Listing
            answer={found}
            isEmpty={({ pages }) => pages[0]?.items.length === 0}
            empty={
              q ? (
                <Nothing icon="search" title={t('Nothing fits “{{q}}”', { q })} />
              ) : (
                <Nothing icon="outside" title={t('No webhook yet')} action={add} />
              )
            }
          >
            {({ pages }) => (
              <DataTable
                label={t('Webhooks')}
                rows={pages.flatMap(({ items }) => items)}
                keyOf={({ id }) => id}
                dim={({ state }) => state === 'off'}
                columns={[
                  { header: t('Name'), cell: ({ name }) => name },
                  { header: t('Address'), cell: ({ url }) => url },
                  {
                    header: t('Hears of'),
                    cell: ({ triggers }) => (triggers.length === 0 ? t('Everything') : triggers.join(', ')),
                  },
                  { header: t('State'), cell: (subscription) => <State {...stateOf(subscription)} /> },
                  {
                    header: t('Actions'),
                    quiet: true,
                    align: 'end',
                    cell: (subscription) => mayChange && <SubscriptionActions subscription={subscription} />,
                  },
                ]}
              />
            )}
          </Listing>
          <More answer={found} />
        </Panel>
        <Replays what="deliveries" />
        <Deliveries />
      </div>
      <Modal
        opened={opened}
        onClose={close}
        title={t('Add a webhook')}
        centered
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <NewSubscription onDone={close} />
      </Modal>
    </>
  )
}

function stateOf({ state, reason, circuit, failures }: Subscription): { word: string; tone: Tone; means?: string } {
  if (state === 'off') return { word: t('Off'), tone: 'quiet', ...(reason ? { means: hubWords(reason) } : {}) }
  if (circuit === 'open')
    return {
      word: t('Failing'),
      tone: 'bad',
      means: t('{{failures}} times in a row; it is tried again by itself', { failures }),
    }
  return { word: t('On'), tone: 'good' }
}

function Deliveries() {
  const [query, setQuery] = useSearchParams()
  const [state, setState] = useState('')
  const [type, setType] = useState('')
  const [to, setTo] = useState('')
  const search = useSearch()
  const { q } = search
  const wanted = (Object.keys(deliveryWords) as Delivery['state'][]).find((each) => each === state)
  const filter: DeliveryQuery = {
    ...(wanted && { state: wanted }),
    ...(type && { type }),
    ...(to && { subscription_id: to }),
    ...(q && { q }),
  }
  const answer = useInfiniteQuery(queries.deliveries(filter))
  return (
    <>
      <Toolbar label={t('Messages')}>
        <NativeSelect
          aria-label={t('State')}
          value={state}
          onChange={({ currentTarget: { value } }) => setState(value)}
          data={[
            { value: '', label: t('Every state') },
            ...Object.entries(deliveryWords).map(([value, { word }]) => ({ value, label: word })),
          ]}
        />
        <NativeSelect
          aria-label={t('Event')}
          value={type}
          onChange={({ currentTarget: { value } }) => setType(value)}
          data={[{ value: '', label: t('Every event') }, ...triggers, 'test']}
        />
        <SubscriptionFilter id={to} onChange={setTo} />
        <Search label={t('Search messages')} placeholder={t('Words in the message')} {...search.field} />
        <CsvLink href={outside.deliveries_csv(filter)} />
      </Toolbar>
      <Panel title={t('Messages')}>
        <Listing
          answer={answer}
          isEmpty={({ pages }) => pages[0]?.items.length === 0}
          empty={<Nothing icon="events" title={t('No message')} />}
        >
          {({ pages }) => (
            <DataTable
              label={t('Messages')}
              rows={pages.flatMap(({ items }) => items)}
              keyOf={({ id }) => id}
              columns={[
                {
                  header: t('Event'),
                  cell: ({ id, type }) => (
                    <Link className={rowLink} to={paths.delivery(id)} replace>
                      {type}
                    </Link>
                  ),
                },
                {
                  header: t('To'),
                  cell: ({ subscription_id, subscription_name }) => subscription_name ?? subscription_id,
                },
                { header: t('Made'), cell: ({ created_at }) => <Instant at={created_at} as="toTheSecond" /> },
                { header: t('State'), cell: (delivery) => <State {...deliveryWords[delivery.state]} /> },
                {
                  header: t('Tries'),
                  cell: ({ attempts, status, error }) =>
                    [attempts, status, error && hubWords(error)].filter((each) => each !== null).join(' · '),
                },
                { header: t('Actions'), quiet: true, align: 'end', cell: (delivery) => <Again delivery={delivery} /> },
              ]}
            />
          )}
        </Listing>
        <More answer={answer} />
      </Panel>
      <DeliveryDrawer id={query.get('message')} onClose={() => setQuery({}, { replace: true })} />
    </>
  )
}

function Again({ delivery }: { delivery: Delivery }) {
  const queryClient = useQueryClient()
  const mayReplay = useMay('admin')
  const replay = useMutation({
    mutationFn: () => api.replayDelivery(delivery.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['deliveries'] }),
  })
  if (!mayReplay || delivery.state === 'waiting') return null
  return (
    <>
      <Button variant="default" size="compact-sm" loading={replay.isPending} onClick={() => replay.mutate()}>
        {t('Send again')}
      </Button>
      {replay.error && <Trouble error={replay.error} />}
    </>
  )
}
