import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import type { Meeting } from '../../api.d.ts'
import { api } from '../../client.ts'
import { CopyButton } from '../../components/Copy.tsx'
import { Trouble } from '../../components/Notice.tsx'
import { t } from '../../language.ts'

/** Zoom's own text that invites people, to be copied. It is asked for when somebody wants it. */
export function Invitation({ meeting }: { meeting: Meeting }) {
  const [opened, { open, close }] = useDisclosure()
  const invitation = useMutation({ mutationFn: () => api.invitation(meeting.id) })
  if (meeting.state === 'cancelled' || meeting.state === 'gone') return null
  return (
    <>
      <Button
        variant="default"
        onClick={() => {
          open()
          invitation.mutate()
        }}
      >
        {t('Invitation')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('Invitation')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <Stack gap="md">
          {invitation.error && <Trouble error={invitation.error} onRetry={() => invitation.mutate()} />}
          <Textarea
            aria-label={t('Text of the invitation')}
            readOnly
            autosize
            minRows={8}
            maxRows={18}
            value={invitation.data?.invitation ?? (invitation.isPending ? t('Zoom is asked …') : '')}
            onFocus={(focus) => focus.currentTarget.select()}
          />
          <Group justify="flex-end">
            {invitation.data && <CopyButton label={t('Copy invitation')} value={invitation.data.invitation} />}
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
