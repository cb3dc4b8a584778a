import { Chip, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import classes from './NewMeetingForm.module.css'
import { t } from '../language.ts'

// Zoom counts from Sunday = 1; people here read the week from Monday.
const weekdays = [
  { value: '2', name: t('Mon') },
  { value: '3', name: t('Tue') },
  { value: '4', name: t('Wed') },
  { value: '5', name: t('Thu') },
  { value: '6', name: t('Fri') },
  { value: '7', name: t('Sat') },
  { value: '1', name: t('Sun') },
] as const

/** Days and number of a weekly series; begins with the day of `start`, which is local time. */
export function WeeklyFields({ start, error }: { start: string; error: string | undefined }) {
  const [days, setDays] = useState([String(new Date(start || Date.now()).getDay() + 1)])
  return (
    <fieldset className={classes['weekly']}>
      <legend className={classes['legend']}>{t('On these days')}</legend>
      <Chip.Group multiple value={days} onChange={setDays}>
        <Group gap={6}>
          {weekdays.map(({ value, name }) => (
            <Chip key={value} value={value} size="sm">
              {name}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <input type="hidden" name="weekly_days" value={days.toSorted().join(',')} />
      <div className={classes['when']}>
        <TextInput
          type="number"
          name="repeat_interval"
          label={t('Every … weeks')}
          min={1}
          max={12}
          defaultValue={1}
          required
        />
        <TextInput
          type="number"
          name="end_times"
          label={t('Times in all')}
          min={1}
          max={60}
          defaultValue={10}
          required
        />
      </div>
      {error && (
        <p className={classes['error']} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}
