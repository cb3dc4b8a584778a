import { Stack, Switch } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Place } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Trouble } from '../../components/Notice.tsx'
import { State } from '../../components/State.tsx'
import { useMay } from '../../may.ts'
import { placeWords } from '../../words.ts'
import { t } from '../../language.ts'

export function SwitchPlace({ place }: { place: Place }) {
  const maySwitch = useMay('admin')
  const queryClient = useQueryClient()
  const change = useMutation({
    mutationFn: (state: Place['state']) => api.changePlace(place.id, { state }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['places'] }),
  })
  if (!maySwitch) return <State {...placeWords[place.state]} />
  return (
    <Stack gap="xs">
      <Switch
        label={t('On')}
        description={t('Off, it shows, posts and grades nothing until it is on again. Nothing is lost')}
        checked={(change.isPending ? change.variables : place.state) === 'on'}
        disabled={change.isPending}
        onChange={(toggled) => change.mutate(toggled.currentTarget.checked ? 'on' : 'off')}
      />
      {change.error && <Trouble error={change.error} />}
    </Stack>
  )
}
