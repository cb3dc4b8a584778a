import { Button, TextInput } from '@mantine/core'
import type { HostOptions } from '../../api.d.ts'
import { hubWords, t } from '../../language.ts'
import classes from './MeetingForm.module.css'
import type { OptionFieldProps } from './OptionField.tsx'

/** A passcode, with what the account asks of one, and a button that makes one that keeps to it. */
export function PasscodeField(props: OptionFieldProps) {
  const { host, value, current, onChange } = props
  const { demands, suggestion } = host.passcode
  return (
    <div className={classes['beside']}>
      <TextInput
        label={hubWords(props.item.words)}
        error={props.error}
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
