import { NativeSelect } from '@mantine/core'
import type { HostOptions } from '../../api.d.ts'
import { t } from '../../language.ts'

interface ScheduleForProps {
  options: HostOptions
  value: string
  onChange: (email: string) => void
  error: string | undefined
}

/** Those who have given the host the scheduling privilege. */
export function ScheduleFor({ options, value, onChange, error }: ScheduleForProps) {
  const { schedulers, email } = options
  return (
    <NativeSelect
      label={t('Schedule for somebody else')}
      description={
        schedulers.length === 0
          ? t('Nobody has given {{email}} the scheduling privilege at Zoom', { email: email ?? t('the host') })
          : t('They become the host')
      }
      disabled={schedulers.length === 0}
      value={value}
      onChange={(change) => onChange(change.currentTarget.value)}
      data={[{ value: '', label: t('No') }, ...schedulers.map((each) => ({ value: each.email, label: each.email }))]}
      error={error}
    />
  )
}
