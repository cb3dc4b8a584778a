import { TextInput } from '@mantine/core'
import { hubWords, t } from '../../language.ts'
import classes from './MeetingForm.module.css'
import type { OptionFieldProps } from './OptionField.tsx'

/** The account's own fields, each with its value for this meeting. */
export function TrackingFields(props: OptionFieldProps) {
  const { host, value, current, onChange, error } = props
  if (host.tracking_fields.length === 0) return null
  const now = ((value ?? current) as Record<string, string> | undefined) ?? {}
  return (
    <fieldset className={classes['group']} disabled={props.item.reason !== null}>
      <legend className={classes['legend']}>{hubWords(props.item.words)}</legend>
      {props.item.reason && <p className={classes['hint']}>{hubWords(props.item.reason)}</p>}
      {host.tracking_fields.map(({ field, required, recommended_values }) => (
        <TextInput
          key={field}
          label={field}
          required={required}
          description={
            recommended_values.length > 0
              ? t('For example {{values}}', { values: recommended_values.join(', ') })
              : undefined
          }
          value={now[field] ?? ''}
          onChange={(change) => onChange({ ...now, [field]: change.currentTarget.value })}
        />
      ))}
      {error && (
        <p className={classes['error']} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}
