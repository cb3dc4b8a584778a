import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Finding, ZoomApp } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Trouble } from '../../components/Notice.tsx'
import { State } from '../../components/State.tsx'
import { useMay } from '../../may.ts'
import { findingWords } from '../../words.ts'
import classes from './ZoomAppDrawer.module.css'

/** Asks Zoom, and shows what is well, what is not, and what mends it. */
export function CheckZoomApp({ app }: { app: ZoomApp }) {
  const mayCheck = useMay('admin')
  const check = useMutation({ mutationFn: () => api.checkZoomApp(app.id) })
  if (!mayCheck) return null
  return (
    <section className={classes['part']} aria-labelledby="check">
      <div className={classes['head']}>
        <h3 id="check" className={classes['title']}>
          Does it work?
        </h3>
        <Button variant="default" size="xs" loading={check.isPending} onClick={() => check.mutate()}>
          {check.data ? 'Check again' : 'Check'}
        </Button>
      </div>
      <div aria-live="polite">
        {check.error && <Trouble error={check.error} />}
        {check.data && <Findings findings={check.data.findings} />}
      </div>
    </section>
  )
}

function Findings({ findings }: { findings: Finding[] }) {
  return (
    <ul className={classes['findings']}>
      {findings.map((finding) => (
        <li key={finding.check}>
          <State {...findingWords[finding.state]} />
          <div>
            {finding.message}
            {finding.fix && <p className={classes['fix']}>{finding.fix}</p>}
          </div>
        </li>
      ))}
    </ul>
  )
}
