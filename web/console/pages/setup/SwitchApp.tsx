import { Stack, Switch } from '@mantine/core'
import type { ZoomApp } from '../../api.d.ts'
import { Trouble } from '../../components/Notice.tsx'
import { t } from '../../language.ts'
import { useChange } from './ChangeField.tsx'

/** Off, the app rests: nothing is lost by it. */
export function SwitchApp({ app }: { app: ZoomApp }) {
  const change = useChange(app)
  const asked = change.isPending ? change.variables.state : undefined
  return (
    <Stack gap="xs">
      <Switch
        label={t('Works with Zoom')}
        description={t(
          'Off, nothing is asked of Zoom through this app and no token is renewed; its events are kept and wait. On again, they are worked through in their order, and what was missed is read from Zoom',
        )}
        checked={(asked ?? app.state) === 'on'}
        disabled={change.isPending}
        onChange={(toggled) => change.mutate({ state: toggled.currentTarget.checked ? 'on' : 'off' })}
      />
      {change.error && <Trouble error={change.error} />}
    </Stack>
  )
}
