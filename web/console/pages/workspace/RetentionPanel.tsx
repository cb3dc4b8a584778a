import { Button, Group, Stack, TextInput } from '@mantine/core'
import type { WorkspaceSettings } from '../../api.d.ts'
import { Trouble } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { errorAt, errorBeside, text } from '../../forms/fields.ts'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'
import { useChange } from './useChange.ts'

const names = ['event_days', 'delivery_days', 'attendance_days'] as const

/** How long what is kept. Nothing is lost at once: it goes in the night. */
export function RetentionPanel({ settings }: { settings: WorkspaceSettings }) {
  const mayChange = useMay('admin')
  const change = useChange()
  const { server } = settings
  const about = {
    event_days: {
      label: t('Zoom’s events'),
      description: t('Left empty: {{days}} days, as the server has it, which is the most', { days: server.event_days }),
    },
    delivery_days: {
      label: t('Deliveries to your programs'),
      description: t('Left empty: {{days}} days, as the server has it, which is the most', {
        days: server.delivery_days,
      }),
    },
    attendance_days: {
      label: t('Who was there'),
      description: t(
        'After that, attendance says that somebody was there and how long, but not who; grades are then no longer calculated from it. Left empty: never',
      ),
    },
  }
  const beside = errorBeside(change.error, names)
  return (
    <Panel title={t('How many days are kept')} padded>
      <form
        onSubmit={(submit) => {
          submit.preventDefault()
          const form = new FormData(submit.currentTarget)
          change.mutate(Object.fromEntries(names.map((name) => [name, Number(text(form, name)) || null])))
        }}
      >
        <Stack gap="md" maw={480}>
          {names.map((name) => (
            <TextInput
              key={name}
              name={name}
              type="number"
              min={1}
              label={about[name].label}
              description={about[name].description}
              defaultValue={settings[name] ?? ''}
              disabled={!mayChange}
              error={errorAt(change.error, name)}
            />
          ))}
          {beside && <Trouble error={beside} />}
          {mayChange && (
            <Group gap="sm">
              <Button type="submit" loading={change.isPending}>
                {t('Save')}
              </Button>
              {change.isSuccess && <span role="status">{t('Saved')}</span>}
            </Group>
          )}
        </Stack>
      </form>
    </Panel>
  )
}
