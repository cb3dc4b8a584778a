import { NativeSelect, SegmentedControl, Select, TextInput } from '@mantine/core'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import type { Usage } from '../api.d.ts'
import { api, type UsageQuery } from '../client.ts'
import { DataTable } from '../components/DataTable.tsx'
import { Listing, More } from '../components/Listing.tsx'
import { Nothing } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { usePart } from '../components/part.ts'
import { Toolbar } from '../components/Toolbar.tsx'
import { locale, t } from '../language.ts'
import { zones } from '../forms/meeting/zones.ts'
import { outside } from '../paths.ts'
import { span, viewerZone } from '../times.ts'
import classes from './HomePage.module.css'
import { BarChart } from './reports/BarChart.tsx'
import { CsvLink, Search, useSearch } from '../components/Search.tsx'

const groups = { all: t('By month'), place: t('By place'), host: t('By host'), kind: t('By kind') } as const
type By = keyof typeof groups

const measures = {
  meetings: t('Meetings'),
  sessions: t('Sessions'),
  participants: t('Participants'),
  minutes: t('Duration'),
  participant_minutes: t('Time of participants'),
  hosts: t('Hosts'),
} as const
type Measure = keyof typeof measures

const usageOf = (query: UsageQuery) =>
  queryOptions({ queryKey: ['usage', query], queryFn: () => api.usage(query), placeholderData: keepPreviousData })

/** How much was met, month by month. */
export function ReportsPage() {
  const [query, setQuery] = useSearchParams()
  const by = (Object.keys(groups) as By[]).find((each) => each === query.get('by')) ?? 'all'
  const measure = (Object.keys(measures) as Measure[]).find((each) => each === query.get('measure')) ?? 'meetings'
  const wanted = {
    from: query.get('from') ?? monthBefore(11),
    to: query.get('to') ?? monthBefore(0),
    timezone: query.get('timezone') ?? viewerZone(),
  }
  const change = (name: string, value: string) =>
    setQuery(
      (now) => {
        now.set(name, value)
        return now
      },
      { replace: true },
    )
  const whole = useQuery(usageOf({ ...wanted, by: 'all' }))
  const parts = useQuery({ ...usageOf({ ...wanted, by }), enabled: by !== 'all' })
  return (
    <>
      <PageHeader title={t('Reports')}>{t('From what is known here; Zoom is not asked.')}</PageHeader>
      <Toolbar>
        <TextInput
          type="month"
          aria-label={t('From the month')}
          value={wanted.from}
          max={wanted.to}
          onChange={({ currentTarget: { value } }) => value && change('from', value)}
        />
        <TextInput
          type="month"
          aria-label={t('To the month')}
          value={wanted.to}
          min={wanted.from}
          onChange={({ currentTarget: { value } }) => value && change('to', value)}
        />
        <NativeSelect
          aria-label={t('What is drawn')}
          value={measure}
          onChange={({ currentTarget: { value } }) => change('measure', value)}
          data={Object.entries(measures).map(([value, label]) => ({ value, label }))}
        />
        <Select
          aria-label={t('Time zone')}
          data={zones}
          value={wanted.timezone}
          onChange={(zone) => zone && change('timezone', zone)}
          searchable
          allowDeselect={false}
        />
        <SegmentedControl
          aria-label={t('How it is parted')}
          data={Object.entries(groups).map(([value, label]) => ({ value, label }))}
          value={by}
          onChange={(value) => change('by', value)}
        />
      </Toolbar>
      <div className={classes['stack']}>
        <Panel title={groups.all} actions={<CsvLink href={outside.usage_csv({ ...wanted, by: 'all' })} />}>
          <Listing answer={whole} lines={4}>
            {({ items, totals }) => (
              <>
                <BarChart
                  says={t('{{measure}} by month, from {{from}} to {{to}}; the table below has the same in numbers', {
                    measure: measures[measure],
                    from: monthInWords(wanted.from),
                    to: monthInWords(wanted.to),
                  })}
                  bars={items.map((item) => ({ label: monthInShort(item.month), value: item[measure] }))}
                  format={(value) => inWords(measure, value)}
                />
                <InNumbers by="all" rows={[...items, ...totals]} />
              </>
            )}
          </Listing>
        </Panel>
        {by !== 'all' && (
          <Panel title={groups[by]} actions={<CsvLink href={outside.usage_csv({ ...wanted, by })} />}>
            <Listing
              answer={parts}
              isEmpty={({ items }) => items.length === 0}
              empty={
                <Nothing icon="meetings" title={t('Nothing was held in these months')}>
                  {t('Choose earlier months, or wait for the first meeting to end.')}
                </Nothing>
              }
            >
              {({ items, totals }) => {
                const largestFirst = totals.toSorted((a, b) => b[measure] - a[measure])
                return (
                  <>
                    <BarChart
                      says={t('{{measure}}, {{parted}}, of all months; the table below has the same in numbers', {
                        measure: measures[measure],
                        parted: groups[by],
                      })}
                      bars={largestFirst
                        .slice(0, drawn)
                        .map((row) => ({ label: nameOf(by, row), value: row[measure] }))}
                      format={(value) => inWords(measure, value)}
                    />
                    <InNumbers key={by} by={by} rows={[...largestFirst, ...items]} />
                  </>
                )
              }}
            </Listing>
          </Panel>
        )}
      </div>
    </>
  )
}

/** Of a month, or without one of all of them. */
type Row = Usage['totals'][number] & { month?: string }

function InNumbers({ by, rows }: { by: By; rows: readonly Row[] }) {
  const { q, field } = useSearch()
  const words = q.toLocaleLowerCase()
  const found = rows.filter((row) => nameOf(by, row).toLocaleLowerCase().includes(words))
  const { shown, more } = usePart(found)
  return (
    <>
      {(by === 'place' || by === 'host') && (
        <Toolbar inside label={groups[by]}>
          <Search label={searchFor[by]} placeholder={t('Name')} {...field} />
        </Toolbar>
      )}
      {found.length === 0 ? (
        <Nothing icon="search" title={t('Nothing fits “{{q}}”', { q })} />
      ) : (
        <DataTable
          label={groups[by]}
          rows={shown}
          keyOf={({ month = '', group_id }) => `${month} ${group_id}`}
          columns={[
            { header: t('Month'), cell: ({ month }) => (month ? monthInWords(month) : t('All months')) },
            ...(by === 'all' ? [] : [{ header: groupHeader[by], cell: (row: Row) => nameOf(by, row) }]),
            ...(Object.keys(measures) as Measure[]).map((each) => ({
              header: measures[each],
              cell: (row: Row) => inWords(each, row[each]),
              align: 'end' as const,
            })),
          ]}
        />
      )}
      <More answer={more} />
    </>
  )
}

const searchFor = { place: t('Search places'), host: t('Search hosts') } as const

const groupHeader = { place: t('Place'), host: t('Host'), kind: t('Kind') } as const
const nameOf = (by: By, { group_id, group_name }: Row): string =>
  by === 'kind' ? (group_id === 'webinar' ? t('Webinar') : t('Meeting')) : group_name

/** So many places or hosts have a bar; the table has all. */
const drawn = 12

const number = (value: number): string => value.toLocaleString(locale)

const inWords = (measure: Measure, value: number): string =>
  measure === 'minutes' || measure === 'participant_minutes' ? span(value * 60) : number(value)

const dateOf = (month: string): Date => new Date(`${month}-01T12:00:00`)
const monthInWords = (month: string): string =>
  dateOf(month).toLocaleDateString(locale, { month: 'long', year: 'numeric' })
const monthInShort = (month: string): string =>
  dateOf(month).toLocaleDateString(locale, { month: 'short', year: '2-digit' })

/** The month so many before this one: `2026-11`. */
function monthBefore(many: number): string {
  const now = new Date()
  const then = new Date(now.getFullYear(), now.getMonth() - many, 1)
  return `${then.getFullYear()}-${String(then.getMonth() + 1).padStart(2, '0')}`
}
