import { Checkbox, MultiSelect, TextInput } from '@mantine/core'
import type { NewSubscription, Subscription } from '../../client.ts'
import { errorAt } from '../../forms/fields.ts'
import { t } from '../../language.ts'

/** What happens here, by the names that stand in the message. */
export const triggers = [
  'meeting.changed',
  'meeting.deleted',
  'session.started',
  'session.ended',
  'attendance.changed',
  'recording.ready',
  'summary.ready',
  'registration.changed',
  'person.changed',
  'connection.changed',
  'connection.erased',
] satisfies NonNullable<NewSubscription['triggers']>

interface SubscriptionFieldsProps {
  /** As it is now, when there is one. */
  subscription?: Subscription
  chosen: string[]
  onChoose: (chosen: string[]) => void
  error: Error | null
}

/** Whom to tell of what. */
export function SubscriptionFields({ subscription, chosen, onChoose, error }: SubscriptionFieldsProps) {
  return (
    <>
      <TextInput
        name="name"
        label={t('Name')}
        maxLength={100}
        defaultValue={subscription?.name}
        error={errorAt(error, 'name')}
      />
      <TextInput
        name="url"
        type="url"
        label={t('Address')}
        placeholder="https://hooks.school.example/greenroom"
        required
        defaultValue={subscription?.url}
        error={errorAt(error, 'url')}
        data-autofocus
      />
      <MultiSelect
        label={t('Hears of')}
        placeholder={chosen.length === 0 ? t('Everything') : ''}
        data={triggers}
        value={chosen}
        onChange={onChoose}
        clearable
        clearButtonProps={{ 'aria-label': t('Everything') }}
      />
      <Checkbox
        name="allow_private"
        label={t('It is inside the network')}
        description={t('Else only public addresses are called')}
        defaultChecked={subscription?.allow_private ?? false}
      />
    </>
  )
}
