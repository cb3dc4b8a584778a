import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Meeting, Registrant } from '../../api.d.ts'
import { api, type RegistrantDecision } from '../../client.ts'
import { Confirm } from '../../components/Confirm.tsx'
import { t } from '../../language.ts'

interface DecideProps {
  meeting: Meeting
  registrant: Registrant
  name: string
}

/** What can be decided about a registration in its state; Zoom writes to whoever registered. */
export function Decide({ meeting, registrant, name }: DecideProps) {
  switch (registrant.status) {
    case 'cancelled':
      return null
    case 'approved':
      return <Decision meeting={meeting} registrant={registrant} name={name} decision="cancel" />
    case 'denied':
      return <Decision meeting={meeting} registrant={registrant} name={name} decision="approve" />
    case 'pending':
      return (
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          <Decision meeting={meeting} registrant={registrant} name={name} decision="approve" />
          <Decision meeting={meeting} registrant={registrant} name={name} decision="deny" />
        </Group>
      )
  }
}

const words = {
  approve: {
    button: t('Approve'),
    label: (name: string) => t('Approve {{name}}', { name }),
    title: (name: string) => t('Approve {{name}}?', { name }),
    follows: t('Zoom sends them the link to join by.'),
  },
  deny: {
    button: t('Deny'),
    label: (name: string) => t('Deny {{name}}', { name }),
    title: (name: string) => t('Deny {{name}}?', { name }),
    follows: t('Zoom writes to them that they cannot come.'),
  },
  cancel: {
    button: t('Take off'),
    label: (name: string) => t('Take {{name}} off', { name }),
    title: (name: string) => t('Take {{name}} off?', { name }),
    follows: t('Their link stops working, and Zoom writes to them.'),
  },
} satisfies Record<RegistrantDecision, object>

function Decision({ meeting, registrant, name, decision }: DecideProps & { decision: RegistrantDecision }) {
  const [opened, { open, close }] = useDisclosure()
  const queryClient = useQueryClient()
  const decide = useMutation({
    mutationFn: () => api.decideRegistrant(meeting.id, registrant.registrant_id, decision),
    onSuccess: () => {
      close()
      return queryClient.invalidateQueries({ queryKey: ['meetings', meeting.id, 'registrants'] })
    },
  })
  const { button, label, title, follows } = words[decision]
  return (
    <>
      <Button variant="default" size="compact-xs" aria-label={label(name)} onClick={open}>
        {button}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={title(name)}
        action={button}
        keep={t('Leave it')}
        pending={decide.isPending}
        error={decide.error}
        onConfirm={() => decide.mutate()}
      >
        {follows}
      </Confirm>
    </>
  )
}
