import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { LanguageSwitch, SchemeSwitch } from '../Account.tsx'
import { auth, Problem } from '../client.ts'
import { Mark } from '../components/Mark.tsx'
import { Note } from '../components/Notice.tsx'
import { text } from '../forms/fields.ts'
import { t } from '../language.ts'
import { queries } from '../queries.ts'
import { OtherWays } from './sign-in/OtherWays.tsx'
import classes from './SignInPage.module.css'

/** What the sign-in link says through `?error=` when it does not let somebody in. */
const linkErrors: Record<string, string> = {
  INVALID_TOKEN: t('This sign-in link has been used, or is too old'),
  new_user_signup_disabled: t('Nobody here has this e-mail'),
}

/** What the provider, or who came from it, says in the same place. */
const oidcErrors: Record<string, (name: string) => string> = {
  not_invited: (name) =>
    t('{{name}} knows you, but you are not a member here. Ask an administrator of Greenroom to invite your e-mail', {
      name,
    }),
  email_not_verified: (name) =>
    t('{{name}} has not verified your e-mail. Have it verified there, then sign in again', { name }),
  email_not_found: (name) =>
    t('{{name}} does not tell your e-mail. Whoever runs it must let Greenroom have it', { name }),
  access_denied: (name) => t('The sign-in was ended at {{name}}. Begin again', { name }),
  state_mismatch: () => t('This sign-in took too long, or was begun in another browser. Begin again'),
  state_not_found: () => t('This sign-in took too long, or was begun in another browser. Begin again'),
  invalid_code: notProved,
  unable_to_get_user_info: notProved,
  issuer_mismatch: notProved,
}

function notProved(name: string): string {
  return t(
    '{{name}} did not confirm the sign-in. Begin again; if that does not help, an administrator finds the reason in Greenroom’s log',
    { name },
  )
}

export function SignInPage() {
  const [query] = useSearchParams()
  const error = query.get('error')
  return (
    <main className={classes['page']}>
      <title>{t('Sign in · Greenroom')}</title>
      <div className={classes['scheme']}>
        <LanguageSwitch />
        <SchemeSwitch />
      </div>
      <div className={classes['card']}>
        <Mark size={40} />
        <h1 className={classes['title']}>{t('Sign in to Greenroom')}</h1>
        {error && <Refusal error={error} />}
        <OtherWays />
        <section className={classes['part']} aria-label={t('With the link')}>
          <p className={classes['text']}>
            {t('Greenroom prints a link into the terminal when it starts. It signs you in once, without a password:')}
          </p>
          <pre className={classes['terminal']}>
            <span>$</span> npm start
          </pre>
          <p className={classes['text']}>{t('Once inside, you can set a password under Settings.')}</p>
        </section>
        <p className={classes['or']}>
          <span>{t('or with a password')}</span>
        </p>
        <PasswordForm />
      </div>
    </main>
  )
}

function Refusal({ error }: { error: string }) {
  const { data: ways } = useQuery(queries.ways())
  const ofLink = linkErrors[error]
  const ofOidc = oidcErrors[error]
  if (ofLink)
    return (
      <Note tone="bad" title={ofLink}>
        {t('Each link works once, within an hour. Start Greenroom again for a fresh one.')}
      </Note>
    )
  if (ofOidc) return <Note tone="bad" title={ofOidc(ways?.oidc?.name ?? t('Your organisation’s sign-in'))} />
  if (error === 'TOO_MANY_REQUESTS') return <Note tone="bad" title={t('Too many tries. Wait a minute')} />
  return <Note tone="bad" title={t('Signing in did not work ({{error}})', { error })} />
}

function PasswordForm() {
  const queryClient = useQueryClient()
  const signIn = useMutation({
    mutationFn: auth.signIn,
    onSuccess: ({ twoFactorRedirect }) => (twoFactorRedirect ? undefined : queryClient.resetQueries()),
  })
  if (signIn.data?.twoFactorRedirect) return <CodeForm />
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        const form = new FormData(submit.currentTarget)
        signIn.mutate({ email: text(form, 'email'), password: text(form, 'password') })
      }}
    >
      <Stack gap="sm">
        <TextInput
          name="email"
          type="email"
          label={t('E-mail')}
          autoComplete="username"
          required
          withAsterisk={false}
        />
        <PasswordInput
          name="password"
          label={t('Password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          error={signIn.error && inWords(signIn.error)}
        />
        <Button type="submit" loading={signIn.isPending} fullWidth>
          {t('Sign in')}
        </Button>
      </Stack>
    </form>
  )
}

/** The password was right. Now the code of the app, or one of those that were kept for the day on which the device is lost. */
function CodeForm() {
  const queryClient = useQueryClient()
  const [backup, setBackup] = useState(false)
  const verify = useMutation({
    mutationFn: (code: string) => (backup ? auth.verifyBackupCode(code) : auth.verifyTotp(code)),
    onSuccess: () => queryClient.resetQueries(),
  })
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        verify.mutate(text(new FormData(submit.currentTarget), 'code'))
      }}
    >
      <Stack gap="sm">
        <TextInput
          key={String(backup)}
          name="code"
          label={backup ? t('One of your kept codes') : t('Code of your authenticator app')}
          inputMode={backup ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          required
          withAsterisk={false}
          autoFocus
          error={verify.error && codeInWords(verify.error)}
        />
        <Button type="submit" loading={verify.isPending} fullWidth>
          {t('Sign in')}
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={() => setBackup(!backup)}>
          {backup ? t('I have the app') : t('I do not have the app')}
        </Button>
      </Stack>
    </form>
  )
}

const codeInWords = (error: Error): string =>
  error instanceof Problem && error.status === 429
    ? t('Too many tries. Wait a minute')
    : t('This code is not the right one, or too old')

function inWords(error: Error): string {
  if (!(error instanceof Problem)) return error.message
  if (error.status === 401 || error.status === 403) return t('E-mail and password do not fit together')
  if (error.status === 429) return t('Too many tries. Wait a minute')
  return error.message
}
