import { Text } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import type { AppScopes, ZoomApp } from '../../api.d.ts'
import { api } from '../../client.ts'
import { CopyButton } from '../../components/Copy.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import { Listing } from '../../components/Listing.tsx'
import { Note, Nothing } from '../../components/Notice.tsx'
import { State } from '../../components/State.tsx'
import { hubWords, t } from '../../language.ts'
import classes from './Scopes.module.css'

type Grant = AppScopes['grants'][number]
interface Row {
  feature: string
  words: string
  required: boolean
  add: string[]
}

export const scopesOf = (id: string) =>
  queryOptions({ queryKey: ['scopes', id], queryFn: () => api.zoomAppScopes(id), staleTime: 60_000 })

/** Of several consents the one that may least: what it lacks, others may lack, too. */
export const leastOf = ({ grants }: AppScopes): Grant | undefined =>
  grants.toSorted((a, b) => b.lacks.length - a.lacks.length)[0]

/** What an app may do by its scopes, feature by feature, and which scopes to add or to take away. Zoom is not asked. */
export function Scopes({ app }: { app: ZoomApp }) {
  const scopes = useQuery(scopesOf(app.id))
  return (
    <Listing
      answer={scopes}
      lines={6}
      isEmpty={({ grants }) => grants.length === 0}
      empty={<Nothing icon="app" title={t('Nothing is known of its scopes before it is connected')} />}
    >
      {(data) => <OfGrant grant={leastOf(data)} consents={data.grants.length} />}
    </Listing>
  )
}

function OfGrant({ grant, consents }: { grant: Grant | undefined; consents: number }) {
  if (!grant) return null
  const rows: Row[] = [
    ...grant.lacks.toSorted((a, b) => Number(b.required) - Number(a.required)),
    ...grant.works.map((each) => ({ ...each, required: false, add: [] })),
  ]
  return (
    <>
      {consents > 1 && grant.zoom_user_email && (
        <Text size="sm" c="dimmed" px="md" pt="sm">
          {t('As {{email}} has consented, who of all may do the least', { email: grant.zoom_user_email })}
        </Text>
      )}
      <DataTable
        label={t('Scopes by feature')}
        rows={rows}
        keyOf={({ feature }) => feature}
        columns={[
          { header: t('Feature'), cell: ({ words }) => <span className={classes['feature']}>{hubWords(words)}</span> },
          { header: t('State'), cell: (row) => <FeatureState row={row} /> },
          {
            header: t('Scopes to add'),
            cell: ({ add }) =>
              add.length > 0 && (
                <span className={classes['add']}>
                  <code>{add.join(' ')}</code>
                  <CopyButton label={t('Copy')} value={add.join(' ')} size="xs" />
                </span>
              ),
          },
        ]}
      />
      {grant.unneeded.length > 0 && (
        <Note tone="warn" title={t('Nothing here needs these scopes')}>
          <code className={classes['names']}>{grant.unneeded.join(' ')}</code>
        </Note>
      )}
    </>
  )
}

function FeatureState({ row: { add, required } }: { row: Row }) {
  if (add.length === 0) return <State word={t('Works')} tone="good" />
  return required ? <State word={t('Needed')} tone="bad" /> : <State word={t('Lacks scopes')} tone="quiet" />
}
