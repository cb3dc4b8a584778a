import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ZoomApp } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Trouble } from '../../components/Notice.tsx'
import { t } from '../../language.ts'

/** Joins a meeting made for it, in a tab of its own: what Zoom says there, the step hears. */
export function TrySdk({ app }: { app: ZoomApp }) {
  const begin = useMutation({ mutationFn: () => api.beginSdkTrial(app.id) })
  return (
    <>
      {begin.data ? (
        <Button component="a" href={begin.data.url} target="_blank" rel="noopener" size="xs">
          {t('Join in a new tab')}
        </Button>
      ) : (
        <Button variant="default" size="xs" loading={begin.isPending} onClick={() => begin.mutate()}>
          {t('Try it')}
        </Button>
      )}
      {begin.error && <Trouble error={begin.error} />}
    </>
  )
}
