import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Replay } from '../api.d.ts'
import { api } from '../client.ts'
import { t } from '../language.ts'
import { useMay } from '../may.ts'
import { queries } from '../queries.ts'
import { HowFar } from './HowFar.tsx'
import { Instant } from './Instant.tsx'
import { Trouble } from './Notice.tsx'
import { Panel } from './Panel.tsx'
import classes from './Replays.module.css'

/** What is over is shown for so long. */
const shown_ms = 3_600_000

/** The replays that run, wait for somebody, or have ended just now. */
export function Replays({ what }: { what: Replay['what'] }) {
  const items = useQuery(queries.replays(what)).data?.items ?? []
  const shown = items.filter(
    ({ state, ended_at }) => state !== 'done' || Date.parse(ended_at ?? '') > Date.now() - shown_ms,
  )
  if (shown.length === 0) return null
  return (
    <Panel title={t('Replays')} padded>
      <ul className={classes['list']}>
        {shown.map((replay) => (
          <li key={replay.id} className={classes['one']}>
            <One replay={replay} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function One({ replay }: { replay: Replay }) {
  const { id, state, done, of, from, to } = replay
  const queryClient = useQueryClient()
  const mayReplay = useMay('admin')
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: ['replays'] })
  const stop = useMutation({ mutationFn: () => api.stopReplay(id), onSuccess })
  const run = useMutation({ mutationFn: () => api.runReplay(id), onSuccess })
  const error = stop.error ?? run.error
  return (
    <>
      <span className={classes['span']}>
        <Instant at={from} /> – <Instant at={to} />
      </span>
      <HowFar
        said={sentenceOf(replay)}
        label={t('How far the replay is')}
        done={done}
        of={of}
        atWork={state === 'running'}
      />
      {error && <Trouble error={error} />}
      {mayReplay && state === 'running' && (
        <Button variant="default" size="compact-sm" loading={stop.isPending} onClick={() => stop.mutate()}>
          {t('Stop')}
        </Button>
      )}
      {mayReplay && state === 'stopped' && (
        <Button size="compact-sm" loading={run.isPending} onClick={() => run.mutate()}>
          {t('Go on')}
        </Button>
      )}
    </>
  )
}

function sentenceOf({ what, state, done, of, failed, waiting }: Replay): string {
  const far =
    what === 'events'
      ? {
          running: t('{{done}} of {{of}} events were handled again', { done, of }),
          stopped: t('Stopped after {{done}} of {{of}} events', { done, of }),
          done: t('Done: {{done}} of {{of}} events were handled again', { done, of }),
        }[state]
      : {
          running: t('{{done}} of {{of}} messages were sent again', { done, of }),
          stopped: t('Stopped after {{done}} of {{of}} messages', { done, of }),
          done: t('Done: {{done}} of {{of}} messages were sent again', { done, of }),
        }[state]
  const bad = failed > 0 ? t('{{failed}} were given up again.', { failed }) : ''
  const open =
    state !== 'running' && waiting > 0 ? t('{{waiting}} still wait and are tried by themselves.', { waiting }) : ''
  return [`${far}.`, bad, open].filter(Boolean).join(' ')
}
