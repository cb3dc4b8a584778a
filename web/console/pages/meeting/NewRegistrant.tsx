import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Meeting } from '../../api.d.ts'
import { api } from '../../client.ts'
import { CopyLine } from '../../components/Copy.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Note, Trouble } from '../../components/Notice.tsx'
import { errorAt, errorBeside, text } from '../../forms/fields.ts'
import { t } from '../../language.ts'
import { approvedByHand } from './registration.ts'

export function NewRegistrant({ meeting }: { meeting: Meeting }) {
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <Button size="xs" leftSection={<Icon name="plus" />} onClick={open}>
        {t('Register somebody')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('Register somebody')}
        centered
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <Form meeting={meeting} onDone={close} />
      </Modal>
    </>
  )
}

function Form({ meeting, onDone }: { meeting: Meeting; onDone: () => void }) {
  const queryClient = useQueryClient()
  const add = useMutation({
    mutationFn: (body: Parameters<typeof api.register>[1]) => api.register(meeting.id, body),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['meetings', meeting.id, 'registrants'] }),
  })
  if (add.data)
    return (
      <Stack gap="md">
        {add.data.join_url ? (
          <CopyLine
            label={t('Their own link')}
            description={t('Zoom has sent it to them. It is not shown again.')}
            value={add.data.join_url}
          />
        ) : (
          <Note tone="hint" title={t('Registered, and waiting for approval')} />
        )}
        <Group justify="flex-end">
          <Button onClick={onDone}>{t('Done')}</Button>
        </Group>
      </Stack>
    )
  const beside = errorBeside(add.error, ['email', 'first_name', 'last_name'])
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        const form = new FormData(submit.currentTarget)
        const last_name = text(form, 'last_name')
        add.mutate({
          email: text(form, 'email'),
          first_name: text(form, 'first_name'),
          ...(last_name ? { last_name } : {}),
          ...(form.has('auto_approve') ? { auto_approve: true } : {}),
        })
      }}
    >
      <Stack gap="md">
        <TextInput
          name="email"
          type="email"
          label={t('E-mail')}
          required
          maxLength={128}
          error={errorAt(add.error, 'email')}
          data-autofocus
        />
        <TextInput
          name="first_name"
          label={t('First name')}
          required
          maxLength={64}
          error={errorAt(add.error, 'first_name')}
        />
        <TextInput name="last_name" label={t('Last name')} maxLength={64} error={errorAt(add.error, 'last_name')} />
        {approvedByHand(meeting) && (
          <Checkbox
            name="auto_approve"
            label={t('Approve at once')}
            description={t('Else it waits for somebody to approve it')}
          />
        )}
        {beside && <Trouble error={beside} />}
        <Group justify="flex-end">
          <Button type="submit" loading={add.isPending}>
            {t('Register')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
