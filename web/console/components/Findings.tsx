import type { Finding } from '../api.d.ts'
import { hubWords } from '../language.ts'
import { findingWords } from '../words.ts'
import classes from './Findings.module.css'
import { HubWords } from './HubWords.tsx'
import { State } from './State.tsx'

/** What was looked at: what is well, what is not, and what mends it. */
export function Findings({ findings }: { findings: Finding[] }) {
  return (
    <ul className={classes['findings']}>
      {findings.map((finding) => (
        <li key={finding.check}>
          <State {...findingWords[finding.state]} />
          <div>
            <Message of={finding.message} />
            {finding.fix && (
              <p className={classes['fix']}>
                <HubWords of={finding.fix} />
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** Longer than a few lines: names of scopes, mostly. */
const long = 320

function Message({ of }: { of: string }) {
  const text = hubWords(of)
  if (text.length <= long) return <HubWords of={of} />
  return (
    <details>
      <summary>{text.slice(0, text.lastIndexOf(' ', long - 40))} …</summary>
      <HubWords of={of} />
    </details>
  )
}
