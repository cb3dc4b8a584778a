import { Button, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Place } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Facts } from '../../components/Facts.tsx'
import { Findings } from '../../components/Findings.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Trouble } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { State } from '../../components/State.tsx'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'
import { findingWords } from '../../words.ts'

/** How a place was when it was looked at last. */
export function HealthWord({ health }: Pick<Place, 'health'>) {
  return health ? <State {...findingWords[health.state]} /> : <State word={t('Not looked at yet')} tone="quiet" />
}

/** What was found at the host system, and the button that looks again. */
export function Health({ place: { id, state, health } }: { place: Place }) {
  const queryClient = useQueryClient()
  const mayCheck = useMay('operator')
  const check = useMutation({
    mutationFn: () => api.checkPlace(id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['places'] }),
  })
  return (
    <Panel
      title={t('Health')}
      padded
      actions={
        mayCheck &&
        state === 'on' && (
          <Button variant="default" size="compact-sm" loading={check.isPending} onClick={() => check.mutate()}>
            {t('Check')}
          </Button>
        )
      }
    >
      <Stack gap="md" aria-live="polite">
        {health ? <Findings findings={health.findings} /> : t('Not looked at yet: that is done once a day, or now.')}
        {health && (
          <Facts
            facts={{
              [t('Looked at')]: <Instant at={health.checked_at} as="ago" />,
              [t('Last well')]: health.last_ok_at && <Instant at={health.last_ok_at} as="ago" />,
              [t('Last trouble')]: health.last_failed_at && <Instant at={health.last_failed_at} as="ago" />,
            }}
          />
        )}
        {check.error && <Trouble error={check.error} />}
      </Stack>
    </Panel>
  )
}
