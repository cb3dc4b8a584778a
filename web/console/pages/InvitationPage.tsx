import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { LanguageSwitch, SchemeSwitch } from '../Account.tsx'
import { auth } from '../client.ts'
import { Listing } from '../components/Listing.tsx'
import { Mark } from '../components/Mark.tsx'
import { Trouble } from '../components/Notice.tsx'
import { errorAt, errorBeside, text } from '../forms/fields.ts'
import { t } from '../language.ts'
import { paths } from '../paths.ts'
import { queries } from '../queries.ts'
import { roleWords } from '../words.ts'
import { OidcButton } from './sign-in/OtherWays.tsx'
import classes from './SignInPage.module.css'

/** Where the link of an invitation leads. */
export function InvitationPage() {
  const [query] = useSearchParams()
  const token = query.get('token') ?? ''
  const { data: ways } = useQuery(queries.ways())
  const invitation = useQuery({ queryKey: ['invitation', token], queryFn: () => auth.invitation(token), retry: false })
  return (
    <main className={classes['page']}>
      <title>{t('Invitation · Greenroom')}</title>
      <div className={classes['scheme']}>
        <LanguageSwitch />
        <SchemeSwitch />
      </div>
      <div className={classes['card']}>
        <Mark size={40} />
        <h1 className={classes['title']}>{t('You are invited')}</h1>
        <Listing answer={invitation}>
          {({ email, role, workspace, known }) => (
            <>
              <p className={classes['text']}>
                {t('To the workspace {{workspace}}, as {{role}}.', { workspace, role: roleWords[role] })}
              </p>
              <Accept token={token} email={email} known={known} />
              {ways?.oidc && (
                <OidcButton name={ways.oidc.name} {...(known ? { callbackURL: window.location.href } : {})} />
              )}
            </>
          )}
        </Listing>
        <Anchor component={Link} to={paths.home()} size="sm">
          {t('To Greenroom')}
        </Anchor>
      </div>
    </main>
  )
}

function Accept({ token, email, known }: { token: string; email: string; known: boolean }) {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const accept = useMutation({
    async mutationFn({ name, password }: { name?: string; password?: string }) {
      await auth.acceptInvitation({ token, ...(name ? { name } : {}), ...(password ? { password } : {}) })
      if (password) await auth.signIn({ email, password })
    },
    async onSuccess() {
      await navigate(paths.home())
      await queryClient.resetQueries()
    },
  })
  const beside = errorBeside(accept.error, ['name', 'password'])
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        const form = new FormData(submit.currentTarget)
        accept.mutate({ name: text(form, 'name'), password: text(form, 'password') })
      }}
    >
      <Stack gap="sm">
        <TextInput label={t('E-mail')} autoComplete="username" value={email} readOnly />
        {!known && (
          <>
            <TextInput
              name="name"
              label={t('Your name')}
              autoComplete="name"
              required
              withAsterisk={false}
              maxLength={100}
              error={errorAt(accept.error, 'name')}
            />
            <PasswordInput
              name="password"
              label={t('New password')}
              description={t('At least 10 characters')}
              autoComplete="new-password"
              minLength={10}
              maxLength={128}
              required
              withAsterisk={false}
              error={errorAt(accept.error, 'password')}
            />
          </>
        )}
        {beside && <Trouble error={beside} />}
        <Button type="submit" loading={accept.isPending} fullWidth>
          {t('Accept')}
        </Button>
      </Stack>
    </form>
  )
}
