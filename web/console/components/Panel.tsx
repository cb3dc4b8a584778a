import { type ReactNode, useId } from 'react'
import classes from './Panel.module.css'

interface PanelProps {
  title?: ReactNode
  /** A few words beside the title. */
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
  /** Space around the content; tables go without. */
  padded?: boolean
}

/** One thing on a page: a bordered surface with a heading. */
export function Panel({ title, note, actions, children, padded = false }: PanelProps) {
  const id = useId()
  return (
    <section className={classes['panel']} aria-labelledby={title ? id : undefined}>
      {title && (
        <header className={classes['header']}>
          <h2 id={id} className={classes['title']}>
            {title}
          </h2>
          {note && <span className={classes['note']}>{note}</span>}
          {actions && <div className={classes['actions']}>{actions}</div>}
        </header>
      )}
      <div className={padded ? classes['padded'] : undefined}>{children}</div>
    </section>
  )
}
