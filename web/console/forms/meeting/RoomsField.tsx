import { Button, TextInput } from '@mantine/core'
import { t } from '../../language.ts'
import type { Room } from './body.ts'
import classes from './MeetingForm.module.css'
import { PeopleField } from './PersonFields.tsx'

interface RoomsFieldProps {
  label: string
  description: string | undefined
  error: string | undefined
  disabled: boolean
  value: Room[]
  onChange: (rooms: Room[]) => void
}

/** Breakout rooms, and who is put into which. */
export function RoomsField({ label, description, error, disabled, value, onChange }: RoomsFieldProps) {
  const set = (at: number, change: Partial<Room>) =>
    onChange(value.map((room, index) => (index === at ? { ...room, ...change } : room)))
  return (
    <fieldset className={classes['group']} disabled={disabled}>
      <legend className={classes['legend']}>{label}</legend>
      {description && <p className={classes['hint']}>{description}</p>}
      {value.map((room, at) => (
        // A room has no name of its own that stays while it is typed.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={classes['room']}>
          <TextInput
            label={t('Name of room {{number}}', { number: at + 1 })}
            value={room.name}
            maxLength={32}
            required
            onChange={(change) => set(at, { name: change.currentTarget.value })}
          />
          <PeopleField
            label={t('In room {{number}}', { number: at + 1 })}
            value={room.participants}
            onChange={(participants) => set(at, { participants })}
            error={undefined}
          />
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => onChange(value.filter((_, index) => index !== at))}
          >
            {t('Remove room {{number}}', { number: at + 1 })}
          </Button>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          disabled={disabled || value.length === 50}
          onClick={() =>
            onChange([...value, { name: t('Room {{number}}', { number: value.length + 1 }), participants: [] }])
          }
        >
          {t('Add a room')}
        </Button>
      </div>
      {error && (
        <p className={classes['error']} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}
