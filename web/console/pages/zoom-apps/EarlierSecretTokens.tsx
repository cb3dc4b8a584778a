import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ZoomApp } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Confirm } from '../../components/Confirm.tsx'
import { Instant } from '../../components/Instant.tsx'
import { useMay } from '../../may.ts'
import { t } from '../../language.ts'

/** For a day after a change Zoom may still sign with the token before; one that has leaked is ended here at once. */
export function EarlierSecretTokens({ app }: { app: ZoomApp }) {
  const [opened, { open, close }] = useDisclosure()
  const mayEnd = useMay('admin')
  const queryClient = useQueryClient()
  const end = useMutation({
    mutationFn: () => api.endEarlierSecretTokens(app.id),
    onSuccess: async () => {
      close()
      await queryClient.invalidateQueries()
    },
  })
  if (!app.earlier_secret_tokens_until) return null
  return (
    <Group gap="xs">
      <Instant at={app.earlier_secret_tokens_until} />
      {mayEnd && (
        <Button variant="subtle" color="red" size="compact-sm" onClick={open}>
          {t('End it now')}
        </Button>
      )}
      <Confirm
        opened={opened}
        onClose={close}
        title={t('Take the secret tokens from before no more?')}
        action={t('End them')}
        keep={t('Keep them')}
        pending={end.isPending}
        error={end.error}
        onConfirm={() => end.mutate()}
      >
        {t(
          'Right for a token that has leaked. Events that Zoom still signs with it are refused from now on; what is missed by that is looked up at Zoom later.',
        )}
      </Confirm>
    </Group>
  )
}
