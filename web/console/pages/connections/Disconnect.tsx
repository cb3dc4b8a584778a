import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Connection } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Confirm } from '../../components/Confirm.tsx'
import { useMay } from '../../may.ts'
import { t } from '../../language.ts'

/** Ends a consent. A server-to-server app has none: it is deleted instead. */
export function Disconnect({ connection }: { connection: Connection }) {
  const [opened, { open, close }] = useDisclosure()
  const mayDisconnect = useMay('admin')
  const queryClient = useQueryClient()
  const disconnect = useMutation({
    mutationFn: () => api.disconnect(connection.id),
    onSuccess: () => {
      close()
      return queryClient.invalidateQueries({ queryKey: ['connections'] })
    },
  })
  const { kind, state, zoom_user_email, zoom_app_name } = connection
  if (!mayDisconnect || kind === 'server_to_server' || state === 'disconnected') return null
  const who = zoom_user_email ?? t('this user')
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={open} aria-label={t('Disconnect {{who}}', { who })}>
        {t('Disconnect')}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={t('Disconnect {{who}}?', { who })}
        action={t('Disconnect')}
        keep={t('Keep it')}
        pending={disconnect.isPending}
        error={disconnect.error}
        onConfirm={() => disconnect.mutate()}
      >
        {kind === 'admin_managed'
          ? t('Greenroom can no longer plan or follow meetings of this Zoom account through {{zoom_app_name}}.', {
              zoom_app_name,
            })
          : t('Greenroom can no longer plan or follow this person’s meetings through {{zoom_app_name}}.', {
              zoom_app_name,
            })}{' '}
        {t('The consent is revoked at Zoom; it can be given again. Meetings and attendance stay here.')}
      </Confirm>
    </>
  )
}
