import { Anchor, Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { MeetingImport } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Numbers } from '../../components/Facts.tsx'
import { HubWords } from '../../components/HubWords.tsx'
import { HowFar } from '../../components/HowFar.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing } from '../../components/Listing.tsx'
import { Note, Trouble } from '../../components/Notice.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Sentence } from '../../components/Sentence.tsx'
import { State } from '../../components/State.tsx'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'
import { paths } from '../../paths.ts'
import { isAtWork, queries } from '../../queries.ts'
import { importRowWords, importWords } from '../../words.ts'
import classes from './Import.module.css'
import { ImportRows } from './ImportRows.tsx'
import home from '../HomePage.module.css'

/** One import: what would become of its rows, how far it is, and what came of it. */
export function ImportView({ id }: { id: string }) {
  const answer = useQuery(queries.meetingImport(id))
  return (
    <>
      <PageHeader
        title={t('Import meetings')}
        above={
          <Anchor component={Link} to={paths.import_meetings()} size="sm">
            {t('Imports')}
          </Anchor>
        }
        beside={answer.data && <State {...importWords[answer.data.state]} />}
      />
      <Listing answer={answer} lines={8}>
        {(found) => (
          <div className={home['stack']}>
            <Panel padded>
              <Status of={found} />
            </Panel>
            <ImportRows of={found} />
          </div>
        )}
      </Listing>
    </>
  )
}

function Status({ of }: { of: MeetingImport }) {
  const mayImport = useMay('operator')
  const states = Object.keys(importRowWords) as (keyof typeof importRowWords)[]
  return (
    <div className={classes['status']}>
      <HowFar
        said={sentenceOf(of)}
        label={t('How far the import is')}
        done={of.done}
        of={of.total}
        atWork={isAtWork(of)}
      />
      {of.waits && (
        <Note tone="hint" title={t('Waits, and goes on by itself')}>
          <Sentence
            text={t('At <time>then</time> at the latest it is tried again.')}
            parts={{ time: () => <Instant at={of.waits?.until ?? null} /> }}
          />{' '}
          <HubWords of={of.waits.reason} />
        </Note>
      )}
      <Numbers
        numbers={states
          .filter((state) => of.rows[state] > 0)
          .map((state) => ({ label: importRowWords[state].word, value: of.rows[state] }))}
      />
      {mayImport && <Act of={of} />}
    </div>
  )
}

function sentenceOf({ state, done, total, left, rows }: MeetingImport): string {
  switch (state) {
    case 'checking':
      return t('{{done}} of {{total}} rows were looked at', { done, total })
    case 'checked':
      return left > 0
        ? t('Nothing has been done yet. This is what would become of each row.')
        : t('There is nothing to do: every row is here already, or refused.')
    case 'running':
      return t('{{done}} of {{total}} rows are done', { done, total })
    case 'stopped':
      return t('Stopped after {{done}} of {{total}} rows', { done, total })
    case 'done':
      return rows.refused > 0
        ? t('Done. {{refused}} of {{total}} rows were refused; each says why.', { refused: rows.refused, total })
        : t('Done. Every meeting of the list is here.')
  }
}

function Act({ of }: { of: MeetingImport }) {
  const queryClient = useQueryClient()
  const onSuccess = (now: MeetingImport) => queryClient.setQueryData(queries.meetingImport(of.id).queryKey, now)
  const run = useMutation({ mutationFn: () => api.runImport(of.id), onSuccess })
  const stop = useMutation({ mutationFn: () => api.stopImport(of.id), onSuccess })
  const error = run.error ?? stop.error
  return (
    <>
      {error && <Trouble error={error} />}
      <div className={classes['bar']}>
        {isAtWork(of) ? (
          <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
            {t('Stop')}
          </Button>
        ) : (
          <>
            {of.left > 0 && (
              <Button loading={run.isPending} onClick={() => run.mutate()}>
                {of.run_at
                  ? t('Go on with {{count}} rows', { count: of.left })
                  : t('Import {{count}} meetings', { count: of.left })}
              </Button>
            )}
            <Button variant="default" component={Link} to={paths.import_meetings()}>
              {t('Another list')}
            </Button>
          </>
        )}
      </div>
    </>
  )
}
