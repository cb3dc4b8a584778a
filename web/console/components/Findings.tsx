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
            {withOwnTimes(finding.message)}
            {finding.fix && <p className={classes['fix']}>{finding.fix}</p>}
          </div>
        </li>
      ))}
    </ul>
  )
}
