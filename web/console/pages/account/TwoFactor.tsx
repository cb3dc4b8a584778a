import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { renderSVG } from 'uqr'
import { auth } from '../../client.ts'
import { CopyButton, CopyLine } from '../../components/Copy.tsx'
import { Listing } from '../../components/Listing.tsx'
import { Note, Trouble } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { text } from '../../forms/fields.ts'
import { t } from '../../language.ts'
import { queries } from '../../queries.ts'
import classes from './account.module.css'

/** A code from an app beside the password. */
export function TwoFactor() {
  const factor = useQuery(queries.secondFactor())
  const queryClient = useQueryClient()
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['session'] })
  const enable = useMutation({ mutationFn: auth.enableTwoFactor })
  const verify = useMutation({ mutationFn: auth.verifyTotp, onSuccess: refresh })
  const disable = useMutation({ mutationFn: auth.disableTwoFactor, onSuccess: refresh })
  return (
    <Panel title={t('Second factor')} note={factor.data?.on ? t('is asked for') : undefined} padded>
      <Listing answer={factor} lines={2}>
        {({ on }) => (
          <Stack gap="md" maw={480}>
            {on ? (
              <>
                {enable.data && <BackupCodes codes={enable.data.backupCodes} />}
                <p className={classes['text']}>
                  {t('At each sign-in with the password, a code from your authenticator app is asked for.')}
                </p>
                <WithPassword
                  label={t('Switch it off')}
                  pending={disable.isPending}
                  error={disable.error}
                  onSubmit={(password) => disable.mutate(password)}
                />
              </>
            ) : enable.data ? (
              <>
                <p className={classes['text']}>
                  {t('Scan this with an authenticator app, then enter the code that it shows.')}
                </p>
                <QrCode text={enable.data.totpURI} />
                <CopyLine
                  label={t('Or enter this key')}
                  value={new URL(enable.data.totpURI).searchParams.get('secret') ?? ''}
                />
                <form
                  onSubmit={(submit) => {
                    submit.preventDefault()
                    verify.mutate(text(new FormData(submit.currentTarget), 'code'))
                  }}
                >
                  <Group align="flex-end">
                    <TextInput
                      name="code"
                      label={t('Code')}
                      inputMode="numeric"
                      autoComplete="one-time-code"
                      required
                      withAsterisk={false}
                      error={verify.error && t('This code is not the right one, or too old')}
                    />
                    <Button type="submit" loading={verify.isPending}>
                      {t('Switch it on')}
                    </Button>
                  </Group>
                </form>
              </>
            ) : (
              <>
                <p className={classes['text']}>
                  {t('With it, whoever knows your password still cannot sign in. You need an authenticator app.')}
                </p>
                <WithPassword
                  label={t('Set it up')}
                  pending={enable.isPending}
                  error={enable.error}
                  onSubmit={(password) => enable.mutate(password)}
                />
              </>
            )}
          </Stack>
        )}
      </Listing>
    </Panel>
  )
}

interface WithPasswordProps {
  label: string
  pending: boolean
  error: Error | null
  onSubmit: (password: string) => void
}

/** Whoever finds an open session must not change how one signs in. */
function WithPassword({ label, pending, error, onSubmit }: WithPasswordProps) {
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        onSubmit(text(new FormData(submit.currentTarget), 'password'))
      }}
    >
      <Stack gap="sm">
        <PasswordInput
          name="password"
          label={t('Your password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        {error && <Trouble error={error} />}
        <div>
          <Button type="submit" variant="default" loading={pending}>
            {label}
          </Button>
        </div>
      </Stack>
    </form>
  )
}

function BackupCodes({ codes }: { codes: string[] }) {
  return (
    <Note tone="warn" title={t('Keep these codes: they are not shown again')}>
      <p className={classes['text']}>{t('Each signs you in once, if you lose the device.')}</p>
      <pre className={classes['codes']}>{codes.join('\n')}</pre>
      <CopyButton size="xs" label={t('Copy the codes')} value={codes.join('\n')} />
    </Note>
  )
}

/** Drawn here, in the browser: the key goes nowhere. */
function QrCode({ text: content }: { text: string }) {
  const source = `data:image/svg+xml,${encodeURIComponent(renderSVG(content, { border: 2 }))}`
  return <img className={classes['qr']} src={source} alt={t('QR code with the key')} width={200} height={200} />
}
