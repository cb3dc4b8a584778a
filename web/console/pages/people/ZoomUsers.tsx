import { Button, NativeSelect } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { api } from '../../client.ts'
import { DataTable } from '../../components/DataTable.tsx'
import { HubWords } from '../../components/HubWords.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing, More } from '../../components/Listing.tsx'
import { Note, Trouble } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { State } from '../../components/State.tsx'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'
import { queries, type ZoomUserFilter } from '../../queries.ts'
import { withOwnTimes } from '../../times.ts'
import { licenceWords } from './licence-words.ts'
import classes from './ZoomUsers.module.css'

/** The users of the connected Zoom accounts: events tell of them, and all are read by night and by a button. */
export function ZoomUsers({ filter, nothing }: { filter: ZoomUserFilter; nothing: ReactNode }) {
  const queryClient = useQueryClient()
  const answer = useInfiniteQuery(queries.zoomUserList(filter))
  const { data: read } = useQuery(queries.zoomUserRead())
  const mayAsk = useMay('operator')
  const ask = useMutation({
    mutationFn: api.readZoomUsers,
    onSuccess: (begun) => queryClient.setQueryData(queries.zoomUserRead().queryKey, begun),
  })
  const reading = read?.state === 'reading'
  const read_at = read?.read_at ?? null
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: ['zoom_users', 'list'] })
  }, [queryClient, read_at])
  return (
    <>
      {ask.error && <Trouble error={ask.error} />}
      {read?.state === 'failed' && (
        <Note tone="bad" title={t('Zoom did not tell who its users are')}>
          {read.reason && <HubWords of={read.reason} />}
        </Note>
      )}
      <Panel
        title={t('Zoom users')}
        note={
          reading ? t('Zoom is being asked') : read_at && t('Read from Zoom {{time}}', { time: withOwnTimes(read_at) })
        }
        actions={
          mayAsk && (
            <Button
              variant="default"
              size="xs"
              leftSection={<Icon name="again" />}
              loading={ask.isPending || reading}
              onClick={() => ask.mutate()}
            >
              {t('Read from Zoom')}
            </Button>
          )
        }
      >
        <Listing answer={answer} lines={8} isEmpty={({ pages }) => pages[0]?.items.length === 0} empty={nothing}>
          {({ pages }) => (
            <DataTable
              label={t('Zoom users')}
              rows={pages.flatMap(({ items }) => items)}
              keyOf={({ id }) => id}
              columns={[
                { header: t('Name'), cell: ({ display_name, email }) => display_name ?? email },
                { header: t('E-mail'), cell: ({ email }) => email },
                {
                  header: t('Licence'),
                  cell: ({ type }) => <State word={licenceOf(type)} tone={type === 2 ? 'good' : 'quiet'} />,
                },
                {
                  header: t('State'),
                  cell: ({ status }) =>
                    status === 'active' ? (
                      <State word={t('Active')} tone="good" />
                    ) : (
                      <State word={status === 'pending' ? t('Invited') : t('Not active')} tone="warn" />
                    ),
                },
                { header: t('Time zone'), cell: ({ timezone }) => timezone || '–' },
                {
                  header: t('Last sign-in'),
                  cell: ({ last_login_time }) => <Instant at={last_login_time} as="ago" none={t('never')} />,
                },
                { header: t('Client'), cell: ({ last_client_version }) => last_client_version || '–' },
                { header: t('At Zoom since'), cell: ({ user_created_at }) => <Instant at={user_created_at} /> },
                { header: t('Host ID'), cell: ({ id }) => <code className={classes['id']}>{id}</code> },
              ]}
            />
          )}
        </Listing>
        <More answer={answer} />
      </Panel>
    </>
  )
}

const licenceOf = (type: number | null): string => (licenceWords as Record<number, string>)[type ?? 0] ?? t('Not known')

/** The filters that stand in the address, as the API has them. */
export function zoomUserFilter(query: URLSearchParams, q: string): ZoomUserFilter {
  const [type, status] = [Number(query.get('type')), states.find((each) => each === query.get('status'))]
  return { ...(q && { q }), ...(type > 0 && { type }), ...(status && { status }) }
}

const states = ['active', 'inactive', 'pending'] as const
const stateWords = { active: t('Active'), inactive: t('Not active'), pending: t('Invited') }

export function ZoomUserFilters({
  query,
  onChange,
}: {
  query: URLSearchParams
  onChange: (name: string, value: string) => void
}) {
  return (
    <>
      <NativeSelect
        aria-label={t('Licence')}
        value={query.get('type') ?? ''}
        onChange={({ currentTarget: { value } }) => onChange('type', value)}
        data={[
          { value: '', label: t('Every licence') },
          ...Object.entries(licenceWords).map(([value, label]) => ({ value, label })),
        ]}
      />
      <NativeSelect
        aria-label={t('State')}
        value={query.get('status') ?? ''}
        onChange={({ currentTarget: { value } }) => onChange('status', value)}
        data={[{ value: '', label: t('Every state') }, ...states.map((value) => ({ value, label: stateWords[value] }))]}
      />
    </>
  )
}
