import type { Finding } from '../api.d.ts'
import { findingWords } from '../words.ts'
import { withOwnTimes } from '../times.ts'
import classes from './Findings.module.css'
import { State } from './State.tsx'

/** What was looked at: what is well, what is not, and what mends it. */
export function Findings({ findings }: { findings: Finding[] }) {
  return (
    <ul className={classes['findings']}>
      {findings.map((finding) => (
        <li key={finding.check}>
          <State {...findingWords[finding.state]} />
          {/* The hub speaks English. */}
          <div lang="en">
            <Message text={withOwnTimes(finding.message)} />
            {finding.fix && <p className={classes['fix']}>{finding.fix}</p>}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** Longer than a few lines: names of scopes, mostly. */
const long = 320

function Message({ text }: { text: string }) {
  if (text.length <= long) return text
  return (
    <details>
      <summary>{text.slice(0, text.lastIndexOf(' ', long - 40))} …</summary>
      {text}
    </details>
  )
}
