import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Me } from '../../api.d.ts'
import { auth } from '../../client.ts'
import { Note, Trouble } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { errorAt, errorBeside, text } from '../../forms/fields.ts'
import { t } from '../../language.ts'
import classes from './account.module.css'

/** Whoever came by the printed link sets a password here, and needs no link the next time. */
export function Password({ me }: { me: Me }) {
  const set = useMutation({ mutationFn: auth.setPassword })
  const beside = errorBeside(set.error, ['password'])
  return (
    <Panel title={t('Set a password')} padded>
      <form
        onSubmit={(submit) => {
          submit.preventDefault()
          const form = submit.currentTarget
          set.mutate(text(new FormData(form), 'password'), { onSuccess: () => form.reset() })
        }}
      >
        <Stack gap="sm" maw={360}>
          <p className={classes['text']}>{t('With a password you can sign in without a printed link.')}</p>
          <TextInput label={t('E-mail')} autoComplete="username" value={me.user?.email ?? ''} readOnly />
          <PasswordInput
            name="password"
            label={t('New password')}
            description={t('At least 10 characters')}
            autoComplete="new-password"
            minLength={10}
            maxLength={128}
            required
            withAsterisk={false}
            error={errorAt(set.error, 'password')}
          />
          {beside && <Trouble error={beside} />}
          {set.isSuccess && <Note tone="hint" title={t('The password is set')} />}
          <Button type="submit" loading={set.isPending}>
            {t('Set password')}
          </Button>
        </Stack>
      </form>
    </Panel>
  )
}
