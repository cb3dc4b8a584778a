import { Button, MultiSelect, NativeSelect, Textarea, TextInput } from '@mantine/core'
import type { HostOptions } from '../../api.d.ts'
import { t } from '../../language.ts'
import type { CountryChoice, OptionItem, Room } from './body.ts'
import { countries } from './countries.ts'
import classes from './MeetingForm.module.css'
import { PeopleField } from './PersonFields.tsx'
import { RoomsField } from './RoomsField.tsx'
import { said } from './said.ts'
import { valueInWords } from './values.ts'

export interface OptionFieldProps {
  item: OptionItem
  host: HostOptions
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

const framed = ({ item, error }: OptionFieldProps) => ({
  label: said(item.words),
  description: item.reason ? said(item.reason) : item.about ? said(item.about) : undefined,
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
                {t('{{choice}}: {{reason}}', { choice: said(choice.words), reason: said(choice.reason ?? '') })}
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
          label: said(choice.words),
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
      value={((value ?? current) as string | undefined) ?? ''}
      onChange={(change) => onChange(change.currentTarget.value)}
    />
  )
}

function PasscodeField(props: OptionFieldProps) {
  const { host, value, current, onChange } = props
  const { demands, suggestion } = host.passcode
  return (
    <div className={classes['beside']}>
      <TextInput
        {...framed(props)}
        description={
          demands.length === 0
            ? t('Left empty, Zoom makes one where the account wants one')
            : t('The account wants {{demands}}', { demands: demands.map(demandInWords).join(', ') })
        }
        maxLength={10}
        autoComplete="off"
        value={((value ?? current) as string | undefined) ?? ''}
        onChange={(change) => onChange(change.currentTarget.value || undefined)}
      />
      <Button variant="default" onClick={() => onChange(suggestion)}>
        {t('Suggest one')}
      </Button>
    </div>
  )
}

const demandWords: Record<HostOptions['passcode']['demands'][number]['demand'], (number: number) => string> = {
  length: (number) => t('at least {{number}} characters', { number }),
  digits_alone: () => t('digits alone'),
  letter: () => t('a letter'),
  both_cases: () => t('capital and small letters'),
  digit: () => t('a digit'),
  special: () => t('one of @ - _ *'),
  no_rows: (number) => t('no {{number}} characters in a row like 1111 or 1234', { number }),
}
const demandInWords = ({ demand, number }: HostOptions['passcode']['demands'][number]): string =>
  demandWords[demand](number ?? 0)

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

function CountriesField(props: OptionFieldProps) {
  const { value, current, onChange } = props
  const now = ((value ?? current) as CountryChoice | undefined) ?? { method: 'approve', countries: [] }
  return (
    <fieldset className={classes['group']}>
      <legend className={classes['legend']}>{said(props.item.words)}</legend>
      <NativeSelect
        label={t('Let in')}
        description={framed(props).description}
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

function TrackingFields(props: OptionFieldProps) {
  const { host, value, current, onChange, error } = props
  if (host.tracking_fields.length === 0) return null
  const now = ((value ?? current) as Record<string, string> | undefined) ?? {}
  return (
    <fieldset className={classes['group']}>
      <legend className={classes['legend']}>{said(props.item.words)}</legend>
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
