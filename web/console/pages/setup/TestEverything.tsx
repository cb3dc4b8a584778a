import { Button, Progress } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Trial, ZoomApp } from '../../api.d.ts'
import { api } from '../../client.ts'
import { HubWords } from '../../components/HubWords.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Trouble } from '../../components/Notice.tsx'
import { State } from '../../components/State.tsx'
import { hubWords, t } from '../../language.ts'
import classes from './Setup.module.css'
import { stateWords, trialWords } from './words.ts'

const all = Object.keys(trialWords).length

interface TestEverythingProps {
  app: ZoomApp
  /** Of a test that is over, what did not work alone. */
  brief?: boolean
}

/** Makes a meeting and watches what comes of it, step by step; the last test stays in sight. */
export function TestEverything({ app, brief = false }: TestEverythingProps) {
  const queryClient = useQueryClient()
  const queryKey = ['trials', app.id]
  const trial = useQuery({
    queryKey,
    queryFn: async () => (await api.lastTrial(app.id)).trial,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 500 : false),
  })
  const begin = useMutation({
    mutationFn: () => api.beginTrial(app.id),
    onSuccess: (begun) => queryClient.setQueryData(queryKey, begun),
  })
  const running = begin.isPending || trial.data?.state === 'running'
  const ended = begin.isSuccess && !running
  useEffect(() => {
    // Its events have come, too.
    if (ended)
      for (const key of ['setup', 'scopes', 'zoom_apps']) void queryClient.invalidateQueries({ queryKey: [key] })
  }, [ended, queryClient])
  return (
    <div>
      <div className={classes['bar']}>
        <Button loading={running} onClick={() => begin.mutate()}>
          {t('Test everything')}
        </Button>
        {!brief && (
          <span className={classes['message']}>
            {t('Makes a meeting tomorrow, waits for its events, opens its page and removes it')}
          </span>
        )}
      </div>
      <div aria-live="polite">
        {begin.error && <Trouble error={begin.error} />}
        {trial.error && <Trouble error={trial.error} />}
        {trial.data && <Report trial={trial.data} brief={brief} />}
      </div>
    </div>
  )
}

function Report({ trial, brief }: { trial: Trial; brief: boolean }) {
  const steps = brief ? trial.steps.filter(({ state }) => state === 'failed') : trial.steps
  const sums = {
    running: t('Testing with a meeting of {{host}} …', { host: trial.host }),
    passed: t('Everything works'),
    failed: t('Not everything works'),
  }
  return (
    <>
      <p className={classes['fix']} role="status">
        <span>{sums[trial.state]}</span>
        {trial.ended_at && (
          <>
            {' · '}
            <Instant at={trial.ended_at} as="ago" />
          </>
        )}
      </p>
      {trial.state === 'running' && (
        <Progress value={(100 * trial.steps.length) / all} aria-label={t('How far the test is')} mt="xs" />
      )}
      <ul className={classes['steps']}>
        {steps.map(({ step, state, message, fix, took }) => (
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
