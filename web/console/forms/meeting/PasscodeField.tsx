import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { HostOptions } from '../../api.d.ts'
import { hubWords, t } from '../../language.ts'
import classes from './MeetingForm.module.css'
import type { OptionFieldProps } from './OptionField.tsx'

/**
 * A passcode of one's own, none, or what Zoom makes of the host's settings; with what the account asks of one, and a button that makes
 * one that keeps to it. Where the account's administrators want one, none cannot be chosen.
 */
export function PasscodeField(props: OptionFieldProps) {
  const { host, item, value, current, onChange, error } = props
  const { demands, suggestion } = host.passcode
  const now = ((value ?? current) as string | undefined) ?? undefined
  // An own one that is being typed is empty for a moment: that is not none.
  const [typing, setTyping] = useState(false)
  const isOwn = typing || Boolean(now)
  const wanted = item.reason !== null && item.default === true ? hubWords(item.reason) : undefined
  const choose = (choice: string) => {
    setTyping(choice === 'own')
    onChange(choice === 'none' ? '' : choice === 'own' && !current ? suggestion : undefined)
  }
  return (
    <div className={classes['beside']}>
      <NativeSelect
        label={hubWords(item.words)}
        description={wanted && t('None: {{reason}}', { reason: wanted })}
        error={isOwn ? undefined : error}
        value={isOwn ? 'own' : now === '' ? 'none' : 'untouched'}
        onChange={(change) => choose(change.currentTarget.value)}
        data={[
          ...(current === undefined ? [{ value: 'untouched', label: t('As the host has it') }] : []),
          { value: 'own', label: t('One of its own') },
          { value: 'none', label: t('None'), disabled: wanted !== undefined && now !== '' },
        ]}
      />
      <Button
        variant="default"
        onClick={() => {
          setTyping(true)
          onChange(suggestion)
        }}
      >
        {t('Suggest one')}
      </Button>
      {isOwn && (
        <TextInput
          className={classes['wide']}
          label={t('The passcode')}
          error={error}
          description={
            demands.length > 0
              ? t('The account wants {{demands}}', { demands: demands.map(demandInWords).join(', ') })
              : undefined
          }
          required
          maxLength={10}
          autoComplete="off"
          value={now ?? ''}
          onChange={(change) => {
            setTyping(true)
            onChange(change.currentTarget.value)
          }}
        />
      )}
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
