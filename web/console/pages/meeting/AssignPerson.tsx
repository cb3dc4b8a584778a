import { Button, Group, Modal, Select, Stack } from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Attendee, Person } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Trouble } from '../../components/Notice.tsx'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'

type Somebody = Pick<Attendee, 'key' | 'name' | 'known_by' | 'person_id'>

/** Says who somebody is whom Zoom knows by a name alone, or by too little. */
export function AssignPerson({ uuid, attendee }: { uuid: string; attendee: Somebody }) {
  const [opened, { open, close }] = useDisclosure()
  const mayAssign = useMay('operator')
  const assigned = attendee.known_by === 'assigned'
  if (!mayAssign || (attendee.person_id !== null && !assigned)) return null
  return (
    <>
      <Button
        variant="subtle"
        size="compact-xs"
        aria-label={
          assigned ? t('Change {{name}}', { name: attendee.name }) : t('Who is this? {{name}}', { name: attendee.name })
        }
        onClick={open}
      >
        {assigned ? t('Change') : t('Who is this?')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('Who is {{name}}?', { name: attendee.name })}
        centered
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <Choose uuid={uuid} attendee={attendee} onDone={close} />
      </Modal>
    </>
  )
}

function Choose({ uuid, attendee, onDone }: { uuid: string; attendee: Somebody; onDone: () => void }) {
  const queryClient = useQueryClient()
  const [words, setWords] = useState('')
  const [q] = useDebouncedValue(words.trim(), 200)
  const [chosen, setChosen] = useState<string | null>(null)
  const persons = useQuery({
    queryKey: ['persons', q],
    queryFn: () => api.persons({ q, limit: 20 }),
    placeholderData: keepPreviousData,
  })
  const assign = useMutation({
    mutationFn: (person_id: string | null) => api.assign({ uuid, key: attendee.key, person_id }),
    async onSuccess() {
      onDone()
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ['attendance', uuid] }),
        queryClient.invalidateQueries({ queryKey: ['unmatched'] }),
      ])
    },
  })
  return (
    <Stack gap="md">
      <Select
        label={t('Person')}
        description={t('Of those whom your courses and chats know')}
        placeholder={t('Name or e-mail')}
        data={(persons.data?.items ?? []).map((person) => ({ value: person.id, label: nameOf(person) }))}
        value={chosen}
        onChange={setChosen}
        searchValue={words}
        onSearchChange={setWords}
        filter={({ options }) => options}
        searchable
        nothingFoundMessage={t('Nobody of this name')}
        data-autofocus
      />
      {persons.error && <Trouble error={persons.error} />}
      {assign.error && <Trouble error={assign.error} />}
      <Group justify="flex-end">
        {attendee.known_by === 'assigned' && (
          <Button variant="default" loading={assign.isPending} onClick={() => assign.mutate(null)}>
            {t('Nobody of them')}
          </Button>
        )}
        <Button disabled={chosen === null} loading={assign.isPending} onClick={() => assign.mutate(chosen)}>
          {t('That is who it is')}
        </Button>
      </Group>
    </Stack>
  )
}

const nameOf = ({ id, name, links }: Person): string => {
  const email = links.find((link) => link.email)?.email
  return [name ?? links[0]?.name ?? id, email].filter(Boolean).join(' · ')
}
