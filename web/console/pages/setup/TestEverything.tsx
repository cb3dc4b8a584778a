import { Button, Progress } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Trial, ZoomApp } from '../../api.d.ts'
import { api } from '../../client.ts'
import { HubWords } from '../../components/HubWords.tsx'
import { Trouble } from '../../components/Notice.tsx'
import { State } from '../../components/State.tsx'
import { hubWords, t } from '../../language.ts'
import classes from './Setup.module.css'
import { stateWords, trialWords } from './words.ts'

const all = Object.keys(trialWords).length

/** Makes a meeting and watches what comes of it, step by step. */
export function TestEverything({ app }: { app: ZoomApp }) {
  const queryClient = useQueryClient()
  const [id, setId] = useState<string>()
  const begin = useMutation({ mutationFn: () => api.beginTrial(app.id), onSuccess: (trial) => setId(trial.id) })
  const trial = useQuery({
    queryKey: ['trials', id],
    queryFn: () => api.trial(id ?? ''),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 500 : false),
  })
  const running = begin.isPending || (id !== undefined && (trial.data?.state ?? 'running') === 'running')
  const ended = trial.data !== undefined && !running
  useEffect(() => {
    if (ended) void queryClient.invalidateQueries({ queryKey: ['setup'] })
  }, [ended, queryClient])
  return (
    <div>
      <div className={classes['bar']}>
        <Button loading={running} onClick={() => begin.mutate()}>
          {t('Test everything')}
        </Button>
        <span className={classes['message']}>
          {t('Makes a meeting tomorrow, waits for its events, opens its page and removes it')}
        </span>
      </div>
      <div aria-live="polite">
        {begin.error && <Trouble error={begin.error} />}
        {trial.error && <Trouble error={trial.error} />}
        {trial.data && <Report trial={trial.data} />}
      </div>
    </div>
  )
}

function Report({ trial }: { trial: Trial }) {
  const sums = {
    running: t('Testing with a meeting of {{host}} …', { host: trial.host }),
    passed: t('Everything works'),
    failed: t('Not everything works'),
  }
  return (
    <>
      <p className={classes['fix']} role="status">
        {sums[trial.state]}
      </p>
      {trial.state === 'running' && (
        <Progress value={(100 * trial.steps.length) / all} aria-label={t('How far the test is')} mt="xs" />
      )}
      <ul className={classes['steps']}>
        {trial.steps.map(({ step, state, message, fix, took }) => (
          <li key={`${step} ${message}`}>
            <State {...stateWords[state]} />
            <div>
              <p className={classes['name']}>{trialWords[step]}</p>
              <p className={classes['message']}>
                {t('{{message}} · {{seconds}} s', { message: hubWords(message), seconds: (took / 1000).toFixed(1) })}
              </p>
              {fix && (
                <p className={classes['fix']}>
                  <HubWords of={fix} />
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
