import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ZoomApp } from '../../api.d.ts'
import { api } from '../../client.ts'
import { CopyLine } from '../../components/Copy.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Trouble } from '../../components/Notice.tsx'
import { Sentence } from '../../components/Sentence.tsx'
import { t } from '../../language.ts'
import { hub_url } from '../../paths.ts'
import { queries } from '../../queries.ts'
import classes from './Setup.module.css'

/** Both forms of the addresses that Zoom posts to: ours, and the one of Mattermost's old Zoom plugin, with a secret that is shown once. */
export function OldUrls({ app }: { app: ZoomApp }) {
  const queryClient = useQueryClient()
  const [secret, setSecret] = useState('')
  const made_at = useQuery(queries.oldUrls(app.id)).data?.made_at
  const make = useMutation({
    mutationFn: () => api.newOldUrls(app.id, secret ? { url_secret: secret } : {}),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queries.oldUrls(app.id).queryKey }),
  })
  return (
    <div className={classes['act']}>
      <p className={classes['message']}>
        {t(
          'A Zoom app that was set up for Mattermost’s Zoom plugin has addresses of another form. Both work here; at Zoom stands one of them.',
        )}
      </p>
      <CopyLine label={t('Our form: event notification endpoint URL')} value={app.webhook_url} />
      {make.data ? (
        <>
          <CopyLine
            label={t('Old form: event notification endpoint URL')}
            description={t('Shown this once; one that was made before is good no more')}
            value={make.data.webhook}
          />
          <CopyLine
            label={t('Old form: deauthorization notification endpoint URL')}
            description={t('Shown this once; one that was made before is good no more')}
            value={make.data.deauthorization}
          />
          <CopyLine label={t('Old form: OAuth redirect URL')} value={make.data.redirect} />
        </>
      ) : (
        <>
          {made_at && (
            <p className={classes['message']}>
              <Sentence
                text={t('They were made <time>then</time>; their secret is not shown again. New ones end those.')}
                parts={{ time: () => <Instant at={made_at} /> }}
              />
            </p>
          )}
          <TextInput
            label={t('“Webhook Secret” of the plugin')}
            description={t('So that the addresses at Zoom stay as they are but for the host; empty: a new one')}
            value={secret}
            autoComplete="off"
            onChange={(input) => setSecret(input.currentTarget.value)}
          />
          <div>
            <Button variant="default" size="xs" loading={make.isPending} onClick={() => make.mutate()}>
              {made_at ? t('Make new ones') : t('Make the addresses')}
            </Button>
          </div>
        </>
      )}
      {make.error && <Trouble error={make.error} />}
      <p className={classes['message']}>
        {t(
          'If https://SITEURL of Mattermost is to stay at Zoom, let the proxy before Mattermost pass the path /plugins/zoom/ on to {{hub}}; nothing is changed at Zoom then.',
          { hub: new URL('plugins/zoom/', hub_url).href },
        )}
      </p>
    </div>
  )
}
