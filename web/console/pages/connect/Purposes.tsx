import type { Purpose } from '../../api.d.ts'
import classes from './Choices.module.css'
import { groupWords, purposeWords } from './words.ts'

interface PurposesProps {
  chosen: readonly Purpose[]
  onChange: (chosen: Purpose[]) => void
}

const all = Object.keys(purposeWords) as Purpose[]

/** What Zoom is wanted for. */
export function Purposes({ chosen, onChange }: PurposesProps) {
  return (Object.keys(groupWords) as (keyof typeof groupWords)[]).map((group) => (
    <fieldset key={group} className={classes['group']}>
      <legend>{groupWords[group]}</legend>
      <div className={classes['choices']}>
        {all
          .filter((purpose) => purposeWords[purpose].group === group)
          .map((purpose) => (
            <label key={purpose} className={classes['choice']}>
              <input
                type="checkbox"
                checked={chosen.includes(purpose)}
                onChange={({ currentTarget: { checked } }) =>
                  onChange(all.filter((each) => (each === purpose ? checked : chosen.includes(each))))
                }
              />
              <span className={classes['name']}>{purposeWords[purpose].name}</span>
              <span className={classes['means']}>{purposeWords[purpose].means}</span>
            </label>
          ))}
      </div>
    </fieldset>
  ))
}
