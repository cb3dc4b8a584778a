import type { ReactNode } from 'react'
import classes from './Toolbar.module.css'

/** Filters and search above a list; where a page has several, each with its own label. */
export function Toolbar({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <div className={classes['toolbar']} role="search" aria-label={label}>
      {children}
    </div>
  )
}
