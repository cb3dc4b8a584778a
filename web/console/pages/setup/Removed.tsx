import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ZoomApp } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Confirm } from '../../components/Confirm.tsx'
import { CopyLine } from '../../components/Copy.tsx'
import { Trouble } from '../../components/Notice.tsx'
import { t } from '../../language.ts'
import classes from './Setup.module.css'

/** The older way in which Zoom tells that somebody removed the app: to an address with a secret in it, shown when it is made. */
export function Removed({ app }: { app: ZoomApp }) {
  const [asks, { open: ask, close }] = useDisclosure()
  const queryClient = useQueryClient()
  const make = useMutation({
    mutationFn: () => api.newDeauthorizationUrl(app.id),
    onSuccess: () => {
      close()
      return queryClient.invalidateQueries({ queryKey: ['zoom_apps'] })
    },
  })
  return (
    <div className={classes['act']}>
      <p className={classes['message']}>
        {t(
          'When somebody removes the app at Zoom, Zoom tells by the event “app_deauthorized”, if the app is subscribed to it. Apps of older set-ups have a “Deauthorization Notification Endpoint URL” instead, on their page “Basic Information”.',
        )}
      </p>
      {make.data ? (
        <CopyLine
          label={t('Deauthorization Notification Endpoint URL')}
          description={t('Shown this once; one that was made before is good no more')}
          value={make.data.url}
        />
      ) : (
        <div>
          <Button
            variant="default"
            size="xs"
            loading={make.isPending}
            onClick={() => (app.has_deauthorization_url ? ask() : make.mutate())}
          >
            {app.has_deauthorization_url ? t('Make a new address') : t('Make such an address')}
          </Button>
        </div>
      )}
      {make.error && !asks && <Trouble error={make.error} />}
      <Confirm
        opened={asks}
        title={t('Make a new address?')}
        action={t('Make a new address')}
        keep={t('Keep the one there is')}
        pending={make.isPending}
        error={make.error}
        onConfirm={() => make.mutate()}
        onClose={close}
      >
        {t(
          'The address that was made before is good no more: if it is entered at Zoom, Greenroom does not hear by it that somebody removed the app, until the new one is entered there.',
        )}
      </Confirm>
    </div>
  )
}
