import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import classes from './Notice.module.css'
import { t } from '../language.ts'

interface NothingProps {
  icon: IconName
  title: string
  children?: ReactNode
  action?: ReactNode
}

/** What stands where a list would be, while there is nothing in it. */
export function Nothing({ icon, title, children, action }: NothingProps) {
  return (
    <div className={classes['nothing']}>
      <span className={classes['sign']}>
        <Icon name={icon} size={20} />
      </span>
      <p className={classes['title']}>{title}</p>
      {children && <p className={classes['text']}>{children}</p>}
      {action}
    </div>
  )
}

interface TroubleProps {
  error: Error
  onRetry?: () => void
}

/** What went wrong, in the words of whoever said so, with a way to try again. */
export function Trouble({ error, onRetry }: TroubleProps) {
  return (
    <div className={classes['trouble']} role="alert">
      <span className={classes['troubleSign']}>
        <Icon name="warning" size={18} />
      </span>
      <div className={classes['words']}>
        <p className={classes['title']}>{'title' in error ? String(error.title) : t('Something went wrong')}</p>
        <p className={classes['text']}>{error.message}</p>
      </div>
      {onRetry && (
        <Button size="xs" variant="default" onClick={onRetry}>
          {t('Try again')}
        </Button>
      )}
    </div>
  )
}

/** A hint or a warning above or between other things. */
export function Note({
  tone,
  title,
  children,
}: {
  tone: 'hint' | 'warn' | 'bad'
  title: string
  children?: ReactNode
}) {
  return (
    <div className={classes['note']} data-tone={tone}>
      <p className={classes['title']}>{title}</p>
      {children && <div className={classes['noteText']}>{children}</div>}
    </div>
  )
}
