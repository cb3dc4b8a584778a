import type { ReactNode } from 'react'
import classes from './PageHeader.module.css'
import { t } from '../language.ts'

interface PageHeaderProps {
  title: string
  /** What the browser's tab says, when the title alone would not do. */
  tab?: string
  above?: ReactNode
  beside?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}

export function PageHeader({ title, tab = title, above, beside, actions, children }: PageHeaderProps) {
  return (
    <header className={classes['header']}>
      <title>{t('{{tab}} · Greenroom', { tab })}</title>
      {above && <div className={classes['above']}>{above}</div>}
      <div className={classes['line']}>
        <h1 className={classes['title']}>{title}</h1>
        {beside}
        {actions && <div className={classes['actions']}>{actions}</div>}
      </div>
      {children && <div className={classes['lead']}>{children}</div>}
    </header>
  )
}
