import { Button, Stack } from '@mantine/core'
import { browserSupportsWebAuthn, startAuthentication } from '@simplewebauthn/browser'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { auth, Problem } from '../../client.ts'
import { Icon } from '../../components/Icon.tsx'
import { Note } from '../../components/Notice.tsx'
import { t } from '../../language.ts'
import { console_url } from '../../paths.ts'
import { queries } from '../../queries.ts'

/** The organisation's own sign-in, and passkeys. */
export function OtherWays() {
  const { data: ways } = useQuery(queries.ways())
  const passkeys = ways?.passkeys === true && browserSupportsWebAuthn()
  if (!ways?.oidc && !passkeys) return null
  return (
    <Stack gap="xs">
      {ways.oidc && <OidcButton name={ways.oidc.name} />}
      {passkeys && <PasskeyButton />}
    </Stack>
  )
}

interface OidcButtonProps {
  name: string
  /** Where to go once inside; the home page when absent. */
  callbackURL?: string
}

export function OidcButton({ name, callbackURL = console_url.href }: OidcButtonProps) {
  const begin = useMutation({
    mutationFn: () => auth.beginOidc(callbackURL),
    onSuccess: ({ url }) => window.location.assign(url),
  })
  return (
    <>
      <Button variant="default" fullWidth loading={begin.isPending || begin.isSuccess} onClick={() => begin.mutate()}>
        {t('Sign in with {{name}}', { name })}
      </Button>
      {begin.error && <Refused title={oidcInWords(begin.error, name)} />}
    </>
  )
}

function PasskeyButton() {
  const queryClient = useQueryClient()
  const signIn = useMutation({
    async mutationFn() {
      const response = await startAuthentication({ optionsJSON: await auth.passkeyOptions() })
      await auth.signInWithPasskey(response)
    },
    onSuccess: () => queryClient.resetQueries(),
  })
  return (
    <>
      <Button
        variant="default"
        fullWidth
        leftSection={<Icon name="key" />}
        loading={signIn.isPending}
        onClick={() => signIn.mutate()}
      >
        {t('Sign in with a passkey')}
      </Button>
      {signIn.error && <Refused title={passkeyInWords(signIn.error)} />}
    </>
  )
}

const Refused = ({ title }: { title: string }) => (
  <div role="alert">
    <Note tone="bad" title={title} />
  </div>
)

function oidcInWords(error: Error, name: string): string {
  if (!(error instanceof Problem)) return error.message
  if (error.status === 429) return t('Too many tries. Wait a minute')
  if (error.status === 503)
    return t('{{name}} does not answer. Sign in another way, or tell an administrator', { name })
  return error.message
}

/** What is said of a passkey that was asked for in vain, on the sign-in page and on the account's. */
export function passkeyInWords(error: Error): string {
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') return t('No passkey was given. Try again')
  if (error.name === 'InvalidStateError') return t('This device has a passkey for you already')
  if (!(error instanceof Problem)) return error.message
  if (error.code === 'PASSKEY_NOT_UNLOCKED')
    return t('This passkey was used without a PIN, a finger or a face. Set one up on its device, then try again')
  if (error.code === 'PASSKEY_NOT_FOUND') return t('This passkey is not known here')
  if (error.code === 'SESSION_NOT_FRESH')
    return t('You signed in too long ago to add a passkey: sign out and in again, then add it')
  if (error.status === 429) return t('Too many tries. Wait a minute')
  return error.message
}
