import type { ReactNode } from 'react'
import classes from './Toolbar.module.css'

interface ToolbarProps {
  label?: string
  /** It stands in a panel, not above one. */
  inside?: boolean
  children: ReactNode
}

/** Filters and search above a list; where a page has several, each with its own label. */
export function Toolbar({ label, inside, children }: ToolbarProps) {
  return (
    <div className={classes['toolbar']} role="search" aria-label={label} data-inside={inside || undefined}>
      {children}
    </div>
  )
}
