import { MultiSelect, NativeSelect } from '@mantine/core'
import { hubWords, t } from '../../language.ts'
import type { CountryChoice } from './body.ts'
import { countries } from './countries.ts'
import classes from './MeetingForm.module.css'
import type { OptionFieldProps } from './OptionField.tsx'

/** From where people may come: only from some countries, or from all but some. */
export function CountriesField(props: OptionFieldProps) {
  const { value, current, onChange } = props
  const why = props.item.reason ?? props.item.about
  const now = ((value ?? current) as CountryChoice | undefined) ?? { method: 'approve', countries: [] }
  return (
    <fieldset className={classes['group']} disabled={props.item.reason !== null}>
      <legend className={classes['legend']}>{hubWords(props.item.words)}</legend>
      <NativeSelect
        label={t('Let in')}
        description={why ? hubWords(why) : undefined}
        value={now.method}
        onChange={(change) =>
          onChange({
            ...now,
            method: change.currentTarget.value === 'deny' ? 'deny' : 'approve',
          } satisfies CountryChoice)
        }
        data={[
          { value: 'approve', label: t('Only people from these') },
          { value: 'deny', label: t('All but people from these') },
        ]}
      />
      <MultiSelect
        label={t('Countries')}
        placeholder={now.countries.length === 0 ? t('Everybody is let in') : ''}
        data={countries}
        searchable
        limit={50}
        value={now.countries}
        onChange={(chosen) => onChange({ ...now, countries: chosen } satisfies CountryChoice)}
        error={props.error}
      />
    </fieldset>
  )
}
