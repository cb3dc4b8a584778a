import { Chip, Group, NativeSelect, TextInput } from '@mantine/core'
import { t } from '../../language.ts'
import { fieldOf } from '../../times.ts'
import type { Repeats } from './body.ts'
import classes from './MeetingForm.module.css'

// Zoom counts from Sunday = 1; people here read the week from Monday.
const weekdays = [
  { value: '2', name: t('Mon'), long: t('Monday') },
  { value: '3', name: t('Tue'), long: t('Tuesday') },
  { value: '4', name: t('Wed'), long: t('Wednesday') },
  { value: '5', name: t('Thu'), long: t('Thursday') },
  { value: '6', name: t('Fri'), long: t('Friday') },
  { value: '7', name: t('Sat'), long: t('Saturday') },
  { value: '1', name: t('Sun'), long: t('Sunday') },
] as const

const units = {
  day: { label: t('Every … days'), most: 90 },
  week: { label: t('Every … weeks'), most: 12 },
  month: { label: t('Every … months'), most: 3 },
} as const

const weeks = [
  { value: '1', label: t('First') },
  { value: '2', label: t('Second') },
  { value: '3', label: t('Third') },
  { value: '4', label: t('Fourth') },
  { value: '-1', label: t('Last') },
]

/** The first rule somebody sees: on the day of the start, ten times. `start` is local time. */
export function usualRepeats(every: Repeats['every'], start: string, timezone: string): Repeats {
  return { every, interval: 1, ...usualDays(start), ends: { by: 'times', times: 10 }, timezone }
}

/** The days of such a rule. */
export function usualDays(start: string): Pick<Repeats, 'weekdays' | 'monthly'> {
  const day = dayOf(start)
  return { weekdays: [String(day.getUTCDay() + 1)], monthly: { by: 'day', day: day.getUTCDate() } }
}

/** Today, while no start is entered. */
const dayOf = (start: string): Date => new Date(`${start === '' ? fieldOf(0) : start}:00Z`)

interface RepeatFieldsProps {
  value: Repeats
  onChange: (value: Repeats) => void
  /** Local time of the first one. */
  start: string
  error: string | undefined
}

/** How a series repeats, as Zoom knows it. */
export function RepeatFields({ value, onChange, start, error }: RepeatFieldsProps) {
  const set = (change: Partial<Repeats>) => onChange({ ...value, ...change })
  const unit = units[value.every]
  return (
    <fieldset className={classes['group']}>
      <legend className={classes['legend']}>{t('The series')}</legend>
      <div className={classes['pair']}>
        <TextInput
          type="number"
          label={unit.label}
          min={1}
          max={unit.most}
          required
          value={value.interval}
          onChange={(change) => set({ interval: Number(change.currentTarget.value) })}
        />
        <Ends value={value} set={set} start={start} />
      </div>
      {value.every === 'week' && (
        <div role="group" aria-label={t('On these days')}>
          <Chip.Group multiple value={value.weekdays} onChange={(days) => set({ weekdays: days })}>
            <Group gap={6}>
              {weekdays.map((day) => (
                <Chip key={day.value} value={day.value} size="sm">
                  {day.name}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </div>
      )}
      {value.every === 'month' && <Monthly value={value} set={set} start={start} />}
      {error && (
        <p className={classes['error']} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}

type Setter = (change: Partial<Repeats>) => void

function Ends({ value, set, start }: { value: Repeats; set: Setter; start: string }) {
  const { ends } = value
  return (
    <>
      <NativeSelect
        label={t('Ends')}
        value={ends.by}
        onChange={(change) =>
          set({
            ends:
              change.currentTarget.value === 'date'
                ? { by: 'date', until: start.slice(0, 10) }
                : { by: 'times', times: 10 },
          })
        }
        data={[
          { value: 'times', label: t('By number') },
          { value: 'date', label: t('By date') },
        ]}
      />
      {ends.by === 'times' ? (
        <TextInput
          type="number"
          label={t('Times in all')}
          min={1}
          max={60}
          required
          value={ends.times}
          onChange={(change) => set({ ends: { by: 'times', times: Number(change.currentTarget.value) } })}
        />
      ) : (
        <TextInput
          type="date"
          label={t('Last day')}
          min={start.slice(0, 10)}
          required
          value={ends.until}
          onChange={(change) => set({ ends: { by: 'date', until: change.currentTarget.value } })}
        />
      )}
    </>
  )
}

function Monthly({ value, set, start }: { value: Repeats; set: Setter; start: string }) {
  const { monthly } = value
  const day = dayOf(start)
  return (
    <div className={classes['pair']}>
      <NativeSelect
        label={t('In the month')}
        value={monthly.by}
        onChange={(change) =>
          set({
            monthly:
              change.currentTarget.value === 'day'
                ? { by: 'day', day: day.getUTCDate() }
                : {
                    by: 'weekday',
                    week: Math.min(4, Math.ceil(day.getUTCDate() / 7)),
                    weekday: day.getUTCDay() + 1,
                  },
          })
        }
        data={[
          { value: 'day', label: t('On a day of the month') },
          { value: 'weekday', label: t('On a day of the week') },
        ]}
      />
      {monthly.by === 'day' ? (
        <TextInput
          type="number"
          label={t('Day of the month')}
          description={monthly.day > 28 ? t('Months without that day are left out') : undefined}
          min={1}
          max={31}
          required
          value={monthly.day}
          onChange={(change) => set({ monthly: { by: 'day', day: Number(change.currentTarget.value) } })}
        />
      ) : (
        <>
          <NativeSelect
            label={t('Which one')}
            value={String(monthly.week)}
            onChange={(change) => set({ monthly: { ...monthly, week: Number(change.currentTarget.value) } })}
            data={weeks}
          />
          <NativeSelect
            label={t('Day of the week')}
            value={String(monthly.weekday)}
            onChange={(change) => set({ monthly: { ...monthly, weekday: Number(change.currentTarget.value) } })}
            data={weekdays.map(({ value: each, long }) => ({ value: each, label: long }))}
          />
        </>
      )}
    </div>
  )
}
