import type { ReactNode } from 'react'
import classes from './Facts.module.css'

/** Names and values; what has no value is left out. */
export function Facts({ facts }: { facts: Record<string, ReactNode> }) {
  return (
    <dl className={classes['facts']}>
      {Object.entries(facts)
        .filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
        .map(([name, value]) => (
          <div key={name} className={classes['fact']}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

/** A few large numbers in a row. */
export function Numbers({ numbers }: { numbers: { label: string; value: ReactNode }[] }) {
  return (
    <dl className={classes['numbers']}>
      {numbers.map(({ label, value }) => (
        <div key={label} className={classes['number']}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
