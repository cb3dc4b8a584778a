import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ZoomApp } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Findings } from '../../components/Findings.tsx'
import { Trouble } from '../../components/Notice.tsx'
import { useMay } from '../../may.ts'
import classes from './ZoomAppDrawer.module.css'
import { t } from '../../language.ts'

/** Asks Zoom, and shows what is well, what is not, and what mends it. */
export function CheckZoomApp({ app }: { app: ZoomApp }) {
  const mayCheck = useMay('admin')
  const check = useMutation({ mutationFn: () => api.checkZoomApp(app.id) })
  if (!mayCheck) return null
  return (
    <section className={classes['part']} aria-labelledby="check">
      <div className={classes['head']}>
        <h3 id="check" className={classes['title']}>
          {t('Does it work?')}
        </h3>
        <Button variant="default" size="xs" loading={check.isPending} onClick={() => check.mutate()}>
          {check.data ? t('Check again') : t('Check')}
        </Button>
      </div>
      <div aria-live="polite">
        {check.error && <Trouble error={check.error} />}
        {check.data && <Findings findings={check.data.findings} />}
      </div>
    </section>
  )
}
