import { Button, Group, Modal, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type Subscription, type SubscriptionChange } from '../../client.ts'
import { Trouble } from '../../components/Notice.tsx'
import { errorBeside, text } from '../../forms/fields.ts'
import { t } from '../../language.ts'
import { SubscriptionFields, triggers } from './SubscriptionFields.tsx'

/** Another name, address or choice of events for a webhook; its secret stays. */
export function EditSubscription({
  subscription,
  opened,
  onClose,
}: {
  subscription: Subscription
  opened: boolean
  onClose: () => void
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('Change {{name}}', { name: subscription.name })}
      centered
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      <Fields subscription={subscription} onDone={onClose} />
    </Modal>
  )
}

function Fields({ subscription, onDone }: { subscription: Subscription; onDone: () => void }) {
  const queryClient = useQueryClient()
  const [chosen, setChosen] = useState<string[]>(subscription.triggers)
  const save = useMutation({
    mutationFn: (change: SubscriptionChange) => api.changeSubscription(subscription.id, change),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['subscriptions'] })
      onDone()
    },
  })
  const beside = errorBeside(save.error, ['name', 'url', 'triggers', 'allow_private'])
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        const form = new FormData(submit.currentTarget)
        save.mutate({
          name: text(form, 'name') || subscription.name,
          url: text(form, 'url'),
          triggers: triggers.filter((each) => chosen.includes(each)),
          allow_private: form.has('allow_private'),
        })
      }}
    >
      <Stack gap="md">
        <SubscriptionFields subscription={subscription} chosen={chosen} onChoose={setChosen} error={save.error} />
        {beside && <Trouble error={beside} />}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('Save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
