import { NativeSelect, Select, Textarea, TextInput } from '@mantine/core'
import type { HostOptions } from '../../api.d.ts'
import { hubWords, t } from '../../language.ts'
import type { OptionItem, Room } from './body.ts'
import { CountriesField } from './CountriesField.tsx'
import classes from './MeetingForm.module.css'
import { PasscodeField } from './PasscodeField.tsx'
import { PeopleField } from './PersonFields.tsx'
import { RoomsField } from './RoomsField.tsx'
import { TrackingFields } from './TrackingFields.tsx'
import { valueInWords } from './values.ts'
import { zones } from './zones.ts'

export interface OptionFieldProps {
  item: OptionItem
  host: Pick<HostOptions, 'passcode' | 'tracking_fields'>
  /** What was chosen; undefined while nobody touched it. */
  value: unknown
  /** What the meeting has, when one is edited. */
  current: unknown
  onChange: (value: unknown) => void
  error: string | undefined
}

/** The field of one option, by its kind of value. What is not possible says why. */
export function OptionField(props: OptionFieldProps) {
  const Field = fields[props.item.type]
  return Field ? <Field {...props} /> : null
}

const fields: Record<string, (props: OptionFieldProps) => React.ReactNode> = {
  flag: FlagField,
  switch: FlagField,
  choice: ChoiceField,
  text: LineField,
  number: NumberField,
  zone: ZoneField,
  passcode: PasscodeField,
  people: AlternativeHosts,
  countries: CountriesField,
  rooms: (props) => (
    <RoomsField
      {...framed(props)}
      disabled={props.item.reason !== null}
      value={((props.value ?? props.current) as Room[] | undefined) ?? []}
      onChange={props.onChange}
    />
  ),
  tracking: TrackingFields,
}

/** Label, description and error, as every field has them; instead of the description the reason why it is not possible. */
export const framed = ({ item, error }: OptionFieldProps) => ({
  label: hubWords(item.words),
  description: item.reason ? hubWords(item.reason) : item.about ? hubWords(item.about) : undefined,
  error,
})

/** Stands for "not touched": then nothing is sent, and the default holds. */
const untouched = ''

const defaultWords = (item: OptionItem): string => {
  const value = valueInWords(item, item.default)
  return value === undefined ? t('As the host has it') : t('Default: {{value}}', { value })
}

function FlagField(props: OptionFieldProps) {
  const { item, value, current, onChange } = props
  const now = value ?? current
  return (
    <NativeSelect
      {...framed(props)}
      disabled={item.reason !== null}
      value={now === undefined ? untouched : now === true ? 'on' : 'off'}
      onChange={(change) => {
        const chosen = change.currentTarget.value
        onChange(chosen === untouched ? undefined : chosen === 'on')
      }}
      data={[
        ...(current === undefined ? [{ value: untouched, label: defaultWords(item) }] : []),
        { value: 'on', label: t('On') },
        { value: 'off', label: t('Off') },
      ]}
    />
  )
}

function ChoiceField(props: OptionFieldProps) {
  const { item, value, current, onChange } = props
  const now = value ?? current
  const refused = item.choices.filter(({ reason }) => reason !== null)
  const { description, ...field } = framed(props)
  return (
    <NativeSelect
      {...field}
      className={refused.length > 0 ? classes['wide'] : undefined}
      description={
        refused.length === 0 ? (
          description
        ) : (
          <>
            {description}
            {refused.map((choice) => (
              <span key={choice.value} className={classes['refused']}>
                {t('{{choice}}: {{reason}}', { choice: hubWords(choice.words), reason: hubWords(choice.reason ?? '') })}
              </span>
            ))}
          </>
        )
      }
      disabled={item.reason !== null}
      value={now === undefined ? untouched : String(now as string | number)}
      onChange={(change) => {
        const chosen = item.choices.find((choice) => String(choice.value) === change.currentTarget.value)
        onChange(chosen?.value)
      }}
      data={[
        ...(current === undefined ? [{ value: untouched, label: defaultWords(item) }] : []),
        ...item.choices.map((choice) => ({
          value: String(choice.value),
          label: hubWords(choice.words),
          disabled: choice.reason !== null,
        })),
      ]}
    />
  )
}

function LineField(props: OptionFieldProps) {
  const { value, current, onChange } = props
  return (
    <Textarea
      {...framed(props)}
      autosize
      minRows={1}
      disabled={props.item.reason !== null}
      value={((value ?? current) as string | undefined) ?? ''}
      onChange={(change) => onChange(change.currentTarget.value)}
    />
  )
}

function NumberField(props: OptionFieldProps) {
  const { value, current, onChange } = props
  return (
    <TextInput
      {...framed(props)}
      type="number"
      min={1}
      value={((value ?? current) as number | undefined) ?? ''}
      onChange={(change) =>
        onChange(change.currentTarget.value === '' ? undefined : Number(change.currentTarget.value))
      }
    />
  )
}

function ZoneField(props: OptionFieldProps) {
  const { value, current, onChange } = props
  return (
    <Select
      {...framed(props)}
      data={zones}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('Clear') }}
      value={((value ?? current) as string | undefined) ?? null}
      onChange={(zone) => onChange(zone ?? undefined)}
    />
  )
}

function AlternativeHosts(props: OptionFieldProps) {
  const { value, current, onChange } = props
  return (
    <PeopleField
      {...framed(props)}
      disabled={props.item.reason !== null}
      value={((value ?? current) as string[] | undefined) ?? []}
      onChange={onChange}
    />
  )
}
