import { NativeSelect, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { HostOptions } from '../../api.d.ts'
import { t } from '../../language.ts'
import { errorAt } from '../fields.ts'
import { recurrenceOf, type Repeats, type When, withSeconds } from './body.ts'
import classes from './MeetingForm.module.css'
import { Preview } from './Preview.tsx'
import { RepeatFields, usualDays, usualRepeats } from './RepeatFields.tsx'
import { zones } from './zones.ts'

interface PlanFieldsProps {
  value: When
  onChange: (value: When) => void
  error: Error | null
  /** A meeting that is there already stays with or without dates. */
  isNew: boolean
  /** What the workspace has switched off is not offered. */
  options: HostOptions | undefined
}

/** Start, length, zone and series, and below what comes of them. */
export function PlanFields({ value, onChange, error, isNew, options }: PlanFieldsProps) {
  const may = (id: string) => options?.items.find((item) => item.id === id)?.rule !== 'never'
  const set = (change: Partial<When>) => onChange({ ...value, ...change })
  const { start, duration, timezone, repeats, untimed } = value
  // Days of a rule that was chosen while there was no start: until somebody chooses others they are those of the start.
  const [assumed, setAssumed] = useState<ReturnType<typeof usualDays>>()
  const setStart = (next: string) => {
    const isAssumed = repeats && repeats.weekdays === assumed?.weekdays && repeats.monthly === assumed.monthly
    if (!isAssumed || next === '') return set({ start: next })
    const days = usualDays(next)
    setAssumed(days)
    set({ start: next, repeats: { ...repeats, ...days } })
  }
  const setRepeats = (chosen: string) => {
    const every = (['day', 'week', 'month'] as const).find((each) => each === chosen)
    const next = every && { ...(repeats ?? usualRepeats(every, start, timezone)), every }
    if (start === '' && !repeats) setAssumed(next)
    set({ untimed: chosen === 'untimed', repeats: next })
  }
  const startAndZone = (
    <>
      <div className={classes['when']}>
        <TextInput
          type="datetime-local"
          label={t('Starts')}
          required
          value={start}
          onChange={(change) => setStart(change.currentTarget.value)}
          error={errorAt(error, 'start_time')}
        />
        <TextInput
          type="number"
          label={t('Minutes')}
          min={1}
          max={1440}
          required
          value={duration}
          onChange={(change) => set({ duration: change.currentTarget.value })}
          error={errorAt(error, 'duration')}
        />
      </div>
      <Select
        label={t('Time zone')}
        description={t('In which the start is meant, and a series keeps its time of day')}
        data={zones}
        value={timezone}
        onChange={(zone) =>
          set({ timezone: zone ?? timezone, repeats: repeats && { ...repeats, timezone: zone ?? timezone } })
        }
        searchable
        allowDeselect={false}
        required
        error={errorAt(error, 'timezone')}
      />
    </>
  )
  const isPlanned = start !== '' && Number(duration) > 0
  return (
    <>
      {!untimed && startAndZone}
      {(isNew || !untimed) && (
        <NativeSelect
          label={t('Repeats')}
          value={untimed ? 'untimed' : (repeats?.every ?? '')}
          onChange={(change) => setRepeats(change.currentTarget.value)}
          data={[
            ...(isNew || !repeats ? [{ value: '', label: t('Never') }] : []),
            ...(may('recurrence') || repeats
              ? [
                  { value: 'day', label: t('Daily') },
                  { value: 'week', label: t('Weekly') },
                  { value: 'month', label: t('Monthly') },
                ]
              : []),
            ...(isNew && may('type')
              ? [{ value: 'untimed', label: t('No fixed time: a room to be used again and again') }]
              : []),
          ]}
          error={errorAt(error, 'type')}
        />
      )}
      {repeats && (
        <RepeatFields
          value={repeats}
          onChange={(next) => set({ repeats: next })}
          start={start}
          error={errorAt(error, 'recurrence')}
        />
      )}
      {!untimed && isPlanned && isComplete(repeats) && (
        <Preview
          plan={{
            start_time: withSeconds(start),
            timezone,
            duration: Number(duration),
            ...(repeats ? { recurrence: recurrenceOf(repeats) as never } : {}),
          }}
        />
      )}
    </>
  )
}

/** While somebody types, a rule may lack its days or its end. */
const isComplete = (repeats: Repeats | undefined): boolean =>
  !repeats ||
  (repeats.interval > 0 &&
    (repeats.every !== 'week' || repeats.weekdays.length > 0) &&
    (repeats.ends.by === 'times' ? repeats.ends.times > 0 : repeats.ends.until !== ''))
