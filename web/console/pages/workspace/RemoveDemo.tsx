import { Button, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api } from '../../client.ts'
import { Confirm } from '../../components/Confirm.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useMay } from '../../may.ts'
import { console_url } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { t } from '../../language.ts'

/** The Demo goes by one click, once it has shown what it is for. */
export function RemoveDemo() {
  const [opened, { open, close }] = useDisclosure()
  const me = useQuery(queries.me())
  const mayRemove = useMay('owner')
  const remove = useMutation({
    mutationFn: () => api.removeDemo(),
    // Everything that was read is of a workspace that is gone.
    onSuccess: () => location.assign(console_url),
  })
  if (!me.data?.workspace.demo || !mayRemove) return null
  return (
    <Panel title={t('Demo')} padded>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {t(
            'This workspace is for trying things out. Without it you begin with an empty one, and with your own Zoom.',
          )}
        </Text>
        <Button variant="default" color="red" onClick={open}>
          {t('Remove the Demo')}
        </Button>
      </Stack>
      <Confirm
        opened={opened}
        onClose={close}
        title={t('Remove the Demo?')}
        action={t('Remove the Demo')}
        keep={t('Keep it')}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t('Its meetings, people, places and keys are deleted. Other workspaces keep everything.')}
      </Confirm>
    </Panel>
  )
}
