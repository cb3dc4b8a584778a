import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ZoomApp, ZoomAppChange } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Trouble } from '../../components/Notice.tsx'
import { errorAt, errorBeside, text } from '../../forms/fields.ts'
import { ScopeFamily } from '../../forms/ScopeFamily.tsx'
import { t } from '../../language.ts'
import classes from './Setup.module.css'

interface ChangeFieldProps {
  app: ZoomApp
  field: 'client_secret' | 'secret_token' | 'account_id' | 'name'
  label: string
  secret?: boolean
}

/** One entry of an app, entered anew. What is refused changes nothing. */
export function ChangeField({ app, field, label, secret = false }: ChangeFieldProps) {
  const change = useChange(app)
  const Input = secret ? PasswordInput : TextInput
  const beside = errorBeside(change.error, [field])
  return (
    <form
      autoComplete="off"
      onSubmit={(submit) => {
        submit.preventDefault()
        const form = submit.currentTarget
        change.mutate({ [field]: text(new FormData(form), field) }, { onSuccess: () => form.reset() })
      }}
    >
      <div className={classes['one']}>
        <Input name={field} label={label} required autoComplete="off" error={errorAt(change.error, field)} />
        <Button type="submit" variant="default" loading={change.isPending}>
          {t('Save')}
        </Button>
      </div>
      {beside && <Trouble error={beside} />}
    </form>
  )
}

export function CarriesSdk({ app }: { app: ZoomApp }) {
  const change = useChange(app)
  return (
    <>
      <Checkbox
        label={t('Carries the Meeting SDK')}
        checked={app.meeting_sdk}
        disabled={change.isPending}
        onChange={({ currentTarget: { checked } }) => change.mutate({ meeting_sdk: checked })}
      />
      {change.error && <Trouble error={change.error} />}
    </>
  )
}

export function ChangeScopeFamily({ app }: { app: ZoomApp }) {
  const change = useChange(app)
  return (
    <>
      <ScopeFamily
        value={app.scope_family}
        disabled={change.isPending}
        onChange={(scope_family) => change.mutate({ scope_family })}
      />
      {change.error && <Trouble error={change.error} />}
    </>
  )
}

/** Changes an app, then looks at it anew. */
export function useChange(app: ZoomApp) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: ZoomAppChange) => api.changeZoomApp(app.id, change),
    onSuccess: () =>
      Promise.all(
        ['zoom_apps', 'connections', 'setup', 'scopes'].map((key) =>
          queryClient.invalidateQueries({ queryKey: [key] }),
        ),
      ),
  })
}
