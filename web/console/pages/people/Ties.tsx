import { Button, Group, Modal, Select, Stack } from '@mantine/core'
import { useDebouncedValue, useDisclosure } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Person } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Confirm } from '../../components/Confirm.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import { Trouble } from '../../components/Notice.tsx'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'
import { nameOfPerson, sourceOf } from './names.ts'

type Link = Person['links'][number]

/** What ties a person, and what can be done about it when that is wrong. */
export function Ties({ person }: { person: Person }) {
  const mayChange = useMay('operator')
  return (
    <Stack gap="sm" p="sm">
      <DataTable
        label={t('Ties of {{name}}', { name: nameOfPerson(person) })}
        rows={person.links}
        keyOf={({ source, source_id }) => `${source} ${source_id}`}
        columns={[
          { header: t('Known by'), cell: ({ source }) => sourceOf(source) },
          { header: t('Name'), cell: ({ name }) => name ?? '–' },
          { header: t('E-mail'), cell: ({ email }) => email ?? '–' },
          { header: t('ID'), cell: ({ source_id }) => source_id },
          {
            header: t('Untie'),
            quiet: true,
            align: 'end',
            cell: (link) => mayChange && person.links.length > 1 && <Untie person={person} link={link} />,
          },
        ]}
      />
      {mayChange && (
        <Group>
          <Merge person={person} />
        </Group>
      )}
    </Stack>
  )
}

function Untie({ person, link }: { person: Person; link: Link }) {
  const [opened, { open, close }] = useDisclosure()
  const queryClient = useQueryClient()
  const name = nameOfPerson(person)
  const untie = useMutation({
    mutationFn: () => api.untie(person.id, { source: link.source, source_id: link.source_id }),
    onSuccess: () => {
      close()
      return queryClient.invalidateQueries({ queryKey: ['persons'] })
    },
  })
  const who = [link.name, sourceOf(link.source)].filter(Boolean).join(' · ')
  return (
    <>
      <Button variant="default" size="compact-xs" aria-label={t('Untie {{who}}', { who })} onClick={open}>
        {t('Untie')}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={t('Untie {{who}}?', { who })}
        action={t('Untie')}
        keep={t('Leave it')}
        pending={untie.isPending}
        error={untie.error}
        onConfirm={() => untie.mutate()}
      >
        {t(
          'It becomes a person beside {{name}}, and stays that though the same e-mail comes again. Attendance and grades follow.',
          { name },
        )}
      </Confirm>
    </>
  )
}

function Merge({ person }: { person: Person }) {
  const [opened, { open, close }] = useDisclosure()
  const name = nameOfPerson(person)
  return (
    <>
      <Button variant="default" size="xs" onClick={open}>
        {t('This is somebody else in the list')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('Who is {{name}}?', { name })}
        centered
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <Choose person={person} onDone={close} />
      </Modal>
    </>
  )
}

function Choose({ person, onDone }: { person: Person; onDone: () => void }) {
  const queryClient = useQueryClient()
  const [words, setWords] = useState('')
  const [q] = useDebouncedValue(words.trim(), 200)
  const [chosen, setChosen] = useState<string | null>(null)
  const persons = useQuery({
    queryKey: ['persons', q],
    queryFn: () => api.persons({ q, limit: 20 }),
    placeholderData: keepPreviousData,
  })
  const merge = useMutation({
    mutationFn: (into: string) => api.mergePersons(person.id, into),
    onSuccess: () => {
      onDone()
      return queryClient.invalidateQueries({ queryKey: ['persons'] })
    },
  })
  const others = (persons.data?.items ?? []).filter(({ id }) => id !== person.id)
  return (
    <Stack gap="md">
      <Select
        label={t('Person')}
        description={t('All ties, assignments and attendance go to this one')}
        placeholder={t('Name or e-mail')}
        data={others.map((other) => ({ value: other.id, label: withAddress(other) }))}
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
      {merge.error && <Trouble error={merge.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {t('Leave it')}
        </Button>
        <Button
          color="red"
          disabled={chosen === null}
          loading={merge.isPending}
          onClick={() => chosen !== null && merge.mutate(chosen)}
        >
          {t('Make them one')}
        </Button>
      </Group>
    </Stack>
  )
}

const withAddress = (person: Person): string =>
  [nameOfPerson(person), person.links.find(({ email }) => email)?.email].filter(Boolean).join(' · ')
