import type { ReactNode } from 'react'
import classes from './Toolbar.module.css'

/** Filters and search above a list. */
export function Toolbar({ children }: { children: ReactNode }) {
  return (
    <div className={classes['toolbar']} role="search">
      {children}
    </div>
  )
}
