import { Button, Popover, Stack, Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Recording } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Trouble } from '../../components/Notice.tsx'
import { State } from '../../components/State.tsx'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'
import { queries } from '../../queries.ts'

/** The kinds of place that show recordings beside the meeting. */
const showing = ['lti']

/** Whether the places of its meeting show a recording: all of them, or one by one. */
export function RecordingPlaces({ recording, name }: { recording: Recording; name: string }) {
  const mayChange = useMay('operator')
  const queryClient = useQueryClient()
  const placements = useQuery(queries.placements(recording.meeting_id)).data?.items ?? []
  const places = new Map(
    placements
      .filter(({ integration, state }) => showing.includes(integration) && state === 'shown')
      .map(({ place_id, place_name }) => [place_id, place_name]),
  )
  const change = useMutation({
    mutationFn: (wish: { place_id?: string; shown: boolean }) =>
      api.changeRecording(recording.id, {
        visibility: wish.shown ? 'shown' : 'hidden',
        ...(wish.place_id ? { place_id: wish.place_id } : {}),
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['meetings', recording.meeting_id, 'recordings'] }),
  })
  const state = <State {...inWords(recording)} />
  if (!mayChange) return state
  const hidden = recording.visibility === 'hidden'
  const wished = change.isPending ? change.variables : undefined
  const isOn = (now: boolean, place_id?: string): boolean =>
    wished && wished.place_id === place_id ? wished.shown : now
  return (
    <Popover position="bottom-start" withArrow trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" size="compact-sm" aria-label={t('Where {{name}} is shown', { name })}>
          {state}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Switch
            label={t('Shown in places')}
            description={t('Who has the link can play it all the same')}
            checked={isOn(!hidden)}
            disabled={change.isPending}
            onChange={(toggled) => change.mutate({ shown: toggled.currentTarget.checked })}
          />
          {[...places].map(([place_id, place_name]) => (
            <Switch
              key={place_id}
              label={place_name}
              checked={isOn(!hidden && !recording.hidden_in.includes(place_id), place_id)}
              disabled={hidden || change.isPending}
              onChange={(toggled) => change.mutate({ place_id, shown: toggled.currentTarget.checked })}
            />
          ))}
          {change.error && <Trouble error={change.error} />}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function inWords({ visibility, hidden_in }: Recording): { word: string; tone: 'good' | 'quiet' | 'warn' } {
  if (visibility === 'hidden') return { word: t('Hidden'), tone: 'quiet' }
  return hidden_in.length > 0 ? { word: t('Hidden in some'), tone: 'warn' } : { word: t('Shown'), tone: 'good' }
}
