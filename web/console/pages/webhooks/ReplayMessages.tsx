import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type ReplayMessages as Wanted, type Subscription } from '../../client.ts'
import { Trouble } from '../../components/Notice.tsx'
import { t } from '../../language.ts'
import { fieldOf, instantOf } from '../../times.ts'

interface ReplayMessagesProps {
  subscription: Subscription
  opened: boolean
  onClose: () => void
}

/** Sends the messages of a time again, with the ids that they had. */
export function ReplayMessages({ subscription, opened, onClose }: ReplayMessagesProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('Send messages to {{name}} again', { name: subscription.name })}
      centered
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      <Range subscription={subscription} onDone={onClose} />
    </Modal>
  )
}

function Range({ subscription: { id }, onDone }: { subscription: Subscription; onDone: () => void }) {
  const queryClient = useQueryClient()
  const [from, setFrom] = useState(fieldOf(-86_400_000))
  const [to, setTo] = useState(fieldOf(0))
  const [state, setState] = useState<'' | NonNullable<Wanted['state']>>('dead')
  const replay = useMutation({
    mutationFn: () =>
      api.replayMessages(id, { from: instantOf(from), to: instantOf(to, 59_999), ...(state ? { state } : {}) }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['replays'] })
      onDone()
    },
  })
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        replay.mutate()
      }}
    >
      <Stack gap="md">
        <TextInput
          type="datetime-local"
          label={t('From')}
          value={from}
          max={to}
          required
          onChange={({ currentTarget: { value } }) => setFrom(value)}
        />
        <TextInput
          type="datetime-local"
          label={t('To')}
          value={to}
          min={from}
          required
          onChange={({ currentTarget: { value } }) => setTo(value)}
        />
        <NativeSelect
          label={t('Which')}
          value={state}
          data={[
            { value: 'dead', label: t('Those that were given up') },
            { value: 'delivered', label: t('Those that arrived') },
            { value: '', label: t('All of them') },
          ]}
          onChange={({ currentTarget: { value } }) => setState(value === 'dead' || value === 'delivered' ? value : '')}
        />
        {replay.error && <Trouble error={replay.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={replay.isPending}>
            {t('Send again')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
