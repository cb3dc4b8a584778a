import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Place } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Confirm } from '../../components/Confirm.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useMay } from '../../may.ts'
import { kinds } from '../../places/kinds.ts'
import { t } from '../../language.ts'

export function RemovePlace({ place, onRemoved }: { place: Place; onRemoved: () => void }) {
  const [opened, { open, close }] = useDisclosure()
  const mayRemove = useMay('admin')
  const queryClient = useQueryClient()
  const remove = useMutation({
    mutationFn: () => (kinds[place.integration]?.remove ?? api.deletePlace)(place.id),
    onSuccess: async () => {
      close()
      onRemoved()
      queryClient.removeQueries({ queryKey: ['places', place.id] })
      await queryClient.invalidateQueries()
    },
  })
  if (!mayRemove) return null
  return (
    <div>
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        leftSection={<Icon name="trash" size={14} />}
        onClick={open}
      >
        {t('Remove this place')}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={t('Remove {{name}}?', { name: place.name })}
        action={t('Remove place')}
        keep={t('Keep it')}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t(
          'Greenroom forgets it, with all that it shows: its links stop working. The meetings and their attendance stay. To pause it without losing anything, switch it off instead.',
        )}
      </Confirm>
    </div>
  )
}
