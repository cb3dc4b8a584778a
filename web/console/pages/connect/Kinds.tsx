import type { SetupGuide, ZoomApp } from '../../api.d.ts'
import { t } from '../../language.ts'
import classes from './Choices.module.css'
import { kindGuide, purposeWords } from './words.ts'

interface KindsProps {
  kinds: SetupGuide['kinds']
  chosen: ZoomApp['kind']
  onChange: (kind: ZoomApp['kind']) => void
}

/** Which kind of app at Zoom: the one that fits best is chosen already, and what the others cannot do stands at them. */
export function Kinds({ kinds, chosen, onChange }: KindsProps) {
  return (
    <fieldset className={classes['group']}>
      <legend>{t('Kind of app at Zoom')}</legend>
      <div className={classes['choices']}>
        {kinds.map(({ kind, lacks, recommended }) => (
          <label key={kind} className={classes['choice']}>
            <input type="radio" name="kind" checked={chosen === kind} onChange={() => onChange(kind)} />
            <span className={classes['name']}>
              {kindGuide[kind].name}
              {recommended && <span className={classes['best']}>{t('fits best')}</span>}
            </span>
            <span className={classes['means']}>{kindGuide[kind].is}</span>
            <span className={classes['means']}>{kindGuide[kind].takes}</span>
            {lacks.length > 0 && (
              <span className={classes['lacks']}>
                {t('Cannot do: {{purposes}}', {
                  purposes: lacks.map((purpose) => purposeWords[purpose].name).join(', '),
                })}
              </span>
            )}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
