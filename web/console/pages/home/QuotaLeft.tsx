import { useQuery } from '@tanstack/react-query'
import type { Quota } from '../../api.d.ts'
import { DataTable } from '../../components/DataTable.tsx'
import { Trouble } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { locale, t } from '../../language.ts'
import { queries } from '../../queries.ts'
import { clock } from '../../times.ts'

/** What is left of Zoom's limits today, and what the day comes to at its pace; nothing before the first call. */
export function QuotaLeft() {
  const quota = useQuery(queries.quota())
  const accounts = quota.data?.items.filter(({ labels }) => labels.length > 0) ?? []
  return (
    <>
      {quota.error && (
        <Panel title={t('Zoom’s limits today')}>
          <Trouble error={quota.error} onRetry={() => void quota.refetch()} />
        </Panel>
      )}
      {accounts.map((account) => (
        <OfAccount key={`${account.api_base} ${account.account_id}`} account={account} />
      ))}
    </>
  )
}

function OfAccount({ account }: { account: Quota }) {
  return (
    <Panel title={t('Zoom’s limits today')} note={t('anew at {{time}}', { time: clock(account.resets_at) })}>
      <DataTable
        label={t('Zoom’s limits today')}
        rows={account.labels}
        keyOf={({ label }) => label}
        columns={[
          { header: t('Kind of call'), cell: ({ label }) => labelWords[label] },
          { header: t('Used'), cell: ({ used_today }) => number(used_today) },
          { header: t('Left'), cell: ({ left_today }) => (left_today === null ? t('no limit') : number(left_today)) },
          { header: t('Foretold'), cell: (row) => foretold(row) },
        ]}
      />
    </Panel>
  )
}

const labelWords: Record<Quota['labels'][number]['label'], string> = {
  light: t('Light'),
  medium: t('Medium'),
  heavy: t('Heavy'),
  'resource-intensive': t('Resource-intensive'),
}

const number = (value: number): string => value.toLocaleString(locale)

function foretold({ forecast_today, per_day }: Quota['labels'][number]): string {
  if (forecast_today === null || per_day === null) return '–'
  if (forecast_today <= per_day) return number(forecast_today)
  return t('{{count}}, too many', { count: number(forecast_today) })
}
