import { Button, Group, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type Pool } from '../../client.ts'
import { HubWords } from '../../components/HubWords.tsx'
import { Note, Trouble } from '../../components/Notice.tsx'
import { errorAt, errorBeside } from '../../forms/fields.ts'
import { PersonField } from '../../forms/meeting/PersonFields.tsx'
import { t } from '../../language.ts'
import { queries } from '../../queries.ts'
import { leaseWords } from './words.ts'

/** Lends somebody a licence, and tells what came of it. */
export function Lend({ pool: { connection_id }, onDone }: { pool: Pool; onDone: () => void }) {
  const [who, setWho] = useState('')
  const queryClient = useQueryClient()
  const lend = useMutation({
    mutationFn: () => api.lendLicence(connection_id, who.trim()),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['licences'] }),
  })
  if (lend.data) return <Outcome id={lend.data.id} onDone={onDone} />
  const beside = errorBeside(lend.error, ['zoom_user'])
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        lend.mutate()
      }}
    >
      <Stack gap="md">
        <PersonField
          label={t('To whom')}
          description={t('A person of the Zoom account, by name or e-mail')}
          required
          value={who}
          onChange={setWho}
          error={errorAt(lend.error, 'zoom_user')}
        />
        {beside && <Trouble error={beside} />}
        <Group justify="flex-end">
          <Button type="submit" loading={lend.isPending}>
            {t('Lend a licence')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Outcome({ id, onDone }: { id: string; onDone: () => void }) {
  const lease = useQuery(queries.lease(id))
  const { state = 'wanted', refusal } = lease.data ?? {}
  return (
    <Stack gap="md">
      <div role="status">
        <Note tone={state === 'refused' ? 'bad' : 'hint'} title={leaseWords[state].word}>
          {refusal ? <HubWords of={refusal.message} /> : lease.data?.email}
        </Note>
      </div>
      {lease.error && <Trouble error={lease.error} />}
      <Group justify="flex-end">
        <Button onClick={onDone}>{t('Done')}</Button>
      </Group>
    </Stack>
  )
}
