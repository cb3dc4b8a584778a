import { Button, Group, MultiSelect, NumberInput, Stack, Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type Pool, type PoolChange } from '../../client.ts'
import { Trouble } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { errorAt, errorBeside } from '../../forms/fields.ts'
import { PeopleField } from '../../forms/meeting/PersonFields.tsx'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'
import { queries } from '../../queries.ts'

/** Whether licences are lent, how many, and whose are left alone. */
export function Rules({ pool }: { pool: Pool }) {
  const queryClient = useQueryClient()
  const mayChange = useMay('admin')
  const [draft, setDraft] = useState<PoolChange>({})
  const set = (change: PoolChange) => setDraft((before) => ({ ...before, ...change }))
  const save = useMutation({
    mutationFn: () => api.changeLicences(pool.connection_id, draft),
    onSuccess: () => {
      setDraft({})
      return queryClient.invalidateQueries({ queryKey: ['licences'] })
    },
  })
  const groups = useQuery(queries.zoomGroups(pool.connection_id))
  const read = useMutation({
    mutationFn: () => api.readZoomGroups(pool.connection_id),
    onSuccess: (answer) => queryClient.setQueryData(queries.zoomGroups(pool.connection_id).queryKey, answer),
  })
  const beside = errorBeside(save.error, fields)
  const known = groups.data?.items ?? []
  const unnamed = pool.protected_groups.filter(({ id }) => !known.some((group) => group.id === id))
  return (
    <Panel title={t('Rules')} padded>
      <form
        onSubmit={(submit) => {
          submit.preventDefault()
          save.mutate()
        }}
      >
        <fieldset disabled={!mayChange} style={{ border: 0, margin: 0, padding: 0, minInlineSize: 0 }}>
          <Stack gap="md" maw={620}>
            <Switch
              label={t('Lend licences')}
              description={t('Switched off, what was lent is given back when its meeting has ended')}
              checked={(draft.state ?? pool.state) === 'on'}
              onChange={({ currentTarget: { checked } }) => set({ state: checked ? 'on' : 'off' })}
            />
            <NumberInput
              label={t('Seats')}
              description={t('How many may have a licence at once; empty leaves that to Zoom')}
              min={1}
              allowDecimal={false}
              value={(draft.seats === undefined ? pool.seats : draft.seats) ?? ''}
              onChange={(value) => set({ seats: typeof value === 'number' ? value : null })}
              error={errorAt(save.error, 'seats')}
            />
            <NumberInput
              label={t('Minutes before a meeting')}
              description={t('Nobody loses a licence this long before a meeting of theirs')}
              min={0}
              max={1440}
              allowDecimal={false}
              value={draft.protected_minutes ?? pool.protected_minutes}
              onChange={(value) => typeof value === 'number' && set({ protected_minutes: value })}
              error={errorAt(save.error, 'protected_minutes')}
            />
            <NumberInput
              label={t('Minutes unused')}
              description={t('What was lent is given back this long after its last use')}
              min={0}
              max={10_080}
              allowDecimal={false}
              value={draft.keep_minutes ?? pool.keep_minutes}
              onChange={(value) => typeof value === 'number' && set({ keep_minutes: value })}
              error={errorAt(save.error, 'keep_minutes')}
            />
            <PeopleField
              label={t('Protected people')}
              description={t('Their licence is never taken')}
              value={
                draft.protected_users ??
                pool.protected_users.filter(({ reason }) => !reason).map(({ id, email }) => email ?? id)
              }
              onChange={(value) => set({ protected_users: value })}
              error={errorAt(save.error, 'protected_users')}
              disabled={!mayChange}
            />
            <MultiSelect
              label={t('Protected groups')}
              description={t('Groups of Zoom users, as they were read last')}
              data={[
                ...known.map(({ id, name, members }) => ({ value: id, label: `${name} (${members})` })),
                ...unnamed.map(({ id, name }) => ({ value: id, label: name ?? id })),
              ]}
              value={draft.protected_groups ?? pool.protected_groups.map(({ id }) => id)}
              onChange={(value) => set({ protected_groups: value })}
              error={errorAt(save.error, 'protected_groups')}
              disabled={!mayChange}
              searchable
            />
            {read.error && <Trouble error={read.error} />}
            {beside && <Trouble error={beside} />}
            {mayChange && (
              <Group justify="space-between">
                <Button variant="default" loading={read.isPending} onClick={() => read.mutate()}>
                  {t('Read the groups')}
                </Button>
                <Button type="submit" loading={save.isPending} disabled={Object.keys(draft).length === 0}>
                  {t('Save')}
                </Button>
              </Group>
            )}
          </Stack>
        </fieldset>
      </form>
    </Panel>
  )
}

const fields = ['state', 'seats', 'protected_minutes', 'keep_minutes', 'protected_users', 'protected_groups']
