import { Button } from '@mantine/core'
import { Link } from 'react-router'
import type { Connection } from '../../api.d.ts'
import { api } from '../../client.ts'
import { ConsentButton } from '../../components/ConsentButton.tsx'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'
import { paths } from '../../paths.ts'
import { whose } from '../../words.ts'

/** What makes a broken connection work again: the consent, or the entries of an app that needs none. */
export function Mend({ connection }: { connection: Connection }) {
  const mayConnect = useMay('admin')
  const { reconnect, zoom_app_id } = connection
  if (!reconnect || !mayConnect) return null
  const who = whose(connection)
  if (reconnect.who === 'app_keeper')
    return (
      <Button
        component={Link}
        to={paths.setup(zoom_app_id)}
        size="xs"
        aria-label={t('Mend the credentials of {{who}}', { who })}
      >
        {t('Mend the credentials')}
      </Button>
    )
  return (
    <ConsentButton
      label={t('Connect again')}
      says={t('Connect again: {{who}}', { who })}
      begin={() => api.beginConsent(zoom_app_id)}
    />
  )
}
