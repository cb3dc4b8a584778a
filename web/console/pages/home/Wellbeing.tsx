import { Anchor, Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { ConnectionsOfApp, Gap, JobsNow } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Findings } from '../../components/Findings.tsx'
import { Waiting } from '../../components/Listing.tsx'
import { Trouble } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { State, type Tone } from '../../components/State.tsx'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'
import { outside, paths } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { taskInWords } from '../../words.ts'
import classes from './Wellbeing.module.css'

/** Does everything work? What is known at a glance; what Zoom has to be asked for, on request. */
export function Wellbeing() {
  const connections = useQuery(queries.connectionsByApp())
  const jobs = useQuery(queries.jobs())
  const gaps = useQuery(queries.gaps())
  const dead = useQuery(queries.deadEvents())
  const mayAsk = useMay('admin')
  const doctor = useMutation({ mutationFn: api.doctor })
  const asked = [connections, jobs, gaps, dead]
  const failed = asked.filter(({ error }) => error)
  // What could not be told leaves the rest in sight.
  const lines = [
    ...(connections.data ? ofConnections(connections.data.items) : []),
    ...(dead.data ? ofEvents(dead.data.items.length, dead.data.next_cursor !== null) : []),
    ...(jobs.data ? ofJobs(jobs.data) : []),
    ...(gaps.data ? ofGaps(gaps.data.items) : []),
  ]
  return (
    <Panel
      title={t('Does everything work?')}
      actions={
        mayAsk && (
          <div className={classes['actions']}>
            <Anchor href={outside.support_report()} size="sm" download>
              {t('File for support')}
            </Anchor>
            <Button variant="default" size="xs" loading={doctor.isPending} onClick={() => doctor.mutate()}>
              {t('Ask the doctor')}
            </Button>
          </div>
        )
      }
      padded
    >
      {failed[0]?.error && (
        <Trouble error={failed[0].error} onRetry={() => failed.forEach(({ refetch }) => void refetch())} />
      )}
      {asked.some(({ isPending }) => isPending) ? <Waiting lines={3} /> : <Lines lines={lines} />}
      <div aria-live="polite">
        {doctor.error && <Trouble error={doctor.error} />}
        {doctor.data && <Findings findings={worstFirst(doctor.data.findings)} />}
      </div>
    </Panel>
  )
}

/** Where something is wrong, that alone. */
function Lines({ lines }: { lines: Line[] }) {
  if (lines.length === 0) return null
  const wrong = lines.filter(({ tone }) => tone !== 'good')
  return (
    <ul className={classes['lines']}>
      {(wrong.length > 0 ? wrong : lines).map(({ word, tone, says, to }, place) => (
        <li key={`${place} ${says}`}>
          <State word={word} tone={tone} />
          {to ? <Link to={to}>{says}</Link> : <span>{says}</span>}
        </li>
      ))}
    </ul>
  )
}

interface Line {
  word: string
  tone: Tone
  says: string
  to?: string
}

const good = (says: string): Line => ({ word: t('In order'), tone: 'good', says })

function ofConnections(apps: ConnectionsOfApp[]): Line[] {
  const broken = apps.filter(({ failed }) => failed > 0)
  if (broken.length > 0) return broken.flatMap(ofBrokenApp)
  const any = apps.some(({ connected, disconnected }) => connected + disconnected > 0)
  return any ? [good(t('Every connection to Zoom works'))] : []
}

/** Those that failed last by name, and how many others there are: a thousand who left are one trouble. */
function ofBrokenApp({ zoom_app_id, zoom_app_name, failed, last_failed }: ConnectionsOfApp): Line[] {
  const bad = { word: t('Failed'), tone: 'bad' } as const
  const more = failed - last_failed.length
  return [
    ...last_failed.map(({ zoom_user_email, zoom_user_id, waiting_jobs }) => {
      const who = zoom_user_email ?? (zoom_user_id ? `${zoom_user_id} (${zoom_app_name})` : zoom_app_name)
      return {
        ...bad,
        says:
          waiting_jobs > 0
            ? t('{{who}} is disconnected from Zoom, and {{waiting}} jobs wait for that', { who, waiting: waiting_jobs })
            : t('{{who}} is disconnected from Zoom', { who }),
        to: paths.setup(zoom_app_id),
      }
    }),
    ...(more > 0
      ? [
          {
            ...bad,
            says: t('and {{count}} more of {{app}}', { count: more, app: zoom_app_name }),
            to: paths.disconnected(zoom_app_name),
          },
        ]
      : []),
  ]
}

const ofEvents = (dead: number, more: boolean): Line[] =>
  dead === 0
    ? [good(t('No event of Zoom was given up'))]
    : [
        {
          word: t('Look at this'),
          tone: 'warn',
          says: t('{{count}} events of Zoom were given up', { count: more ? `${dead}+` : String(dead) }),
          to: paths.events({ state: 'dead' }),
        },
      ]

/** Work that has waited for so long is not coming forward. */
const long_ms = 5 * 60_000

function ofJobs({ due, running, oldest_due_at, dead_by_task, dead_here }: JobsNow): Line[] {
  const lines: Line[] = []
  const here = inWords(dead_here)
  const elsewhere = inWords(
    dead_by_task.map(({ task, jobs }) => ({
      task,
      jobs: jobs - (dead_here.find((each) => each.task === task)?.jobs ?? 0),
    })),
  )
  if (here.dead > 0)
    lines.push({
      word: t('Look at this'),
      tone: 'warn',
      says: t('{{count}} jobs were given up: {{tasks}}', { count: here.dead, tasks: here.tasks }),
      to: paths.jobs(),
    })
  // The server's own and other workspaces': nobody here can see more of them.
  if (elsewhere.dead > 0)
    lines.push({
      word: t('Look at this'),
      tone: 'warn',
      says: t('{{count}} jobs of this server were given up: {{tasks}}', {
        count: elsewhere.dead,
        tasks: elsewhere.tasks,
      }),
    })
  if (oldest_due_at && Date.now() - Date.parse(oldest_due_at) > long_ms)
    lines.push({
      word: t('Failed'),
      tone: 'bad',
      says: t('{{due}} jobs are due, and the oldest has waited for more than five minutes: is a worker running?', {
        due,
      }),
    })
  return lines.length > 0
    ? lines
    : [good(t('{{running}} jobs run, {{due}} are due, none was given up', { running, due }))]
}

const inWords = (jobs: JobsNow['dead_here']): { dead: number; tasks: string } => ({
  dead: jobs.reduce((sum, each) => sum + each.jobs, 0),
  tasks: jobs
    .filter((each) => each.jobs > 0)
    .map((each) => `${taskInWords(each.task)} ${each.jobs}`)
    .join(', '),
})

function ofGaps(items: Gap[]): Line[] {
  const open = items.filter(({ state }) => state !== 'repaired')
  const untold = items.filter(({ state, unknown }) => state === 'repaired' && unknown.length > 0)
  if (open.length > 0)
    return [
      {
        word: t('Running'),
        tone: 'live',
        says: t('{{count}} gaps in Zoom’s events are being repaired', { count: open.length }),
      },
    ]
  if (untold.length > 0)
    return [
      {
        word: t('Look at this'),
        tone: 'warn',
        says: t('Of a gap in Zoom’s events not everything could be told: {{what}}', {
          what: untold[0]?.unknown[0] ?? '',
        }),
      },
    ]
  return items.length === 0
    ? []
    : [good(t('{{count}} gaps in Zoom’s events were found and repaired', { count: items.length }))]
}

const rank = { failed: 0, warning: 1, ok: 2 } as const
const worstFirst = <T extends { state: keyof typeof rank }>(findings: readonly T[]): T[] =>
  findings.toSorted((a, b) => rank[a.state] - rank[b.state])
