import { Textarea } from '@mantine/core'
import { hubWords, t } from '../../language.ts'
import type { OptionItem } from './body.ts'

interface AgendaFieldProps {
  item: OptionItem | undefined
  value: string
  onChange: (value: string) => void
  error: string | undefined
}

/** What the meeting is about, unless the workspace wants none. */
export function AgendaField({ item, value, onChange, error }: AgendaFieldProps) {
  if (item?.rule === 'never') return null
  return (
    <Textarea
      label={t('Agenda')}
      description={item?.reason ? hubWords(item.reason) : undefined}
      disabled={Boolean(item?.reason)}
      autosize
      minRows={2}
      maxLength={2000}
      value={value}
      onChange={(typed) => onChange(typed.currentTarget.value)}
      error={error}
    />
  )
}
