import { Anchor } from '@mantine/core'
import { Link } from 'react-router'
import type { ZoomApp } from '../../api.d.ts'
import { api } from '../../client.ts'
import { ConsentButton } from '../../components/ConsentButton.tsx'
import { CopyLine } from '../../components/Copy.tsx'
import { useMay } from '../../may.ts'
import { paths } from '../../paths.ts'
import { isSimulator } from './simulator.ts'
import classes from './ZoomAppDrawer.module.css'
import { t } from '../../language.ts'

/** An app that others use lives by their consent; the account's own needs none. */
export function Consent({ app }: { app: ZoomApp }) {
  const mayConnect = useMay('admin')
  if (app.kind === 'server_to_server') return null
  return (
    <section className={classes['part']} aria-labelledby="consent">
      <div className={classes['head']}>
        <h3 id="consent" className={classes['title']}>
          {t('Consent')}
        </h3>
        <Anchor component={Link} to={paths.connections()} size="sm">
          {t('Connections')}
        </Anchor>
      </div>
      <p className={classes['text']}>
        {app.kind === 'user_managed'
          ? t('Each person allows Greenroom at Zoom to plan and hold their own meetings: here, or from the places.')
          : t('An administrator of the Zoom account allows Greenroom, once, to work for everybody in it.')}
      </p>
      {!isSimulator(app) && app.redirect_url && <CopyLine label={t('OAuth redirect URL')} value={app.redirect_url} />}
      {mayConnect && <ConsentButton label={t('Connect')} begin={() => api.beginConsent(app.id)} />}
    </section>
  )
}
