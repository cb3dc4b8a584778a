import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ZoomApp } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Confirm } from '../../components/Confirm.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useMay } from '../../may.ts'
import { t } from '../../language.ts'

export function DeleteZoomApp({ app, onDeleted }: { app: ZoomApp; onDeleted: () => void }) {
  const [opened, { open, close }] = useDisclosure()
  const mayDelete = useMay('admin')
  const queryClient = useQueryClient()
  const remove = useMutation({
    mutationFn: () => api.deleteZoomApp(app.id),
    onSuccess: async () => {
      close()
      onDeleted()
      await queryClient.invalidateQueries()
    },
  })
  if (!mayDelete) return null
  return (
    <div>
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        leftSection={<Icon name="trash" size={14} />}
        onClick={open}
      >
        {t('Delete this Zoom app')}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={t('Delete {{name}}?', { name: app.name })}
        action={t('Delete Zoom app')}
        keep={t('Keep it')}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t(
          'Its credentials and its connection are deleted here, and events that Zoom sends for it are refused. At Zoom nothing changes.',
        )}
      </Confirm>
    </div>
  )
}
