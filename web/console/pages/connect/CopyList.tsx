import { CopyButton } from '../../components/Copy.tsx'
import { t } from '../../language.ts'
import classes from './Choices.module.css'

/** Names to enter at Zoom, one after another, in sight and to copy. */
export function CopyList({ label, names }: { label: string; names: readonly string[] }) {
  return (
    <div>
      <div className={classes['head']}>
        <span className={classes['label']}>{label}</span>
        <CopyButton size="xs" label={t('Copy all {{count}}', { count: names.length })} value={names.join('\n')} />
      </div>
      <pre className={classes['list']} tabIndex={0} role="region" aria-label={label}>
        {names.join('\n')}
      </pre>
    </div>
  )
}
