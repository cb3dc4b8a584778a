import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ZoomApp } from '../../api.d.ts'
import { api } from '../../client.ts'
import { CopyLine } from '../../components/Copy.tsx'
import { Trouble } from '../../components/Notice.tsx'
import { t } from '../../language.ts'
import classes from './Setup.module.css'

/** The older way in which Zoom tells that somebody removed the app: to an address with a secret in it, shown when it is made. */
export function Removed({ app }: { app: ZoomApp }) {
  const make = useMutation({ mutationFn: () => api.newDeauthorizationUrl(app.id) })
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
          <Button variant="default" size="xs" loading={make.isPending} onClick={() => make.mutate()}>
            {t('Make such an address')}
          </Button>
        </div>
      )}
      {make.error && <Trouble error={make.error} />}
    </div>
  )
}
