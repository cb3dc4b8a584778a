import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ApiKey, Role } from '../api.d.ts'
import { api } from '../client.ts'
import { Confirm } from '../components/Confirm.tsx'
import { CopyLine } from '../components/Copy.tsx'
import { DataTable } from '../components/DataTable.tsx'
import { Icon } from '../components/Icon.tsx'
import { Instant } from '../components/Instant.tsx'
import { Listing, More } from '../components/Listing.tsx'
import { Note, Nothing, Trouble } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { CsvLink, Search, useSearch } from '../components/Search.tsx'
import { Toolbar } from '../components/Toolbar.tsx'
import { errorAt, errorBeside, text } from '../forms/fields.ts'
import { t } from '../language.ts'
import { useMay } from '../may.ts'
import { outside } from '../paths.ts'
import { queries } from '../queries.ts'
import { roleWords } from '../words.ts'

/** Keys with which programs use the API. */
export function ApiKeysPage() {
  const search = useSearch()
  const { q } = search
  const keys = useInfiniteQuery(queries.apiKeys(q))
  const [opened, { open, close }] = useDisclosure()
  const add = (
    <Button leftSection={<Icon name="plus" />} onClick={open}>
      {t('New API key')}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={t('API keys')}
        actions={
          <>
            <CsvLink href={outside.list_csv('api_keys', q ? { q } : {})} />
            {add}
          </>
        }
      >
        {t('For programs: whoever has a key may do what its role allows, in this workspace.')}
      </PageHeader>
      <Toolbar>
        <Search label={t('Search API keys')} placeholder={t('Name')} {...search.field} />
      </Toolbar>
      <Panel>
        <Listing
          answer={keys}
          isEmpty={({ pages }) => pages[0]?.items.length === 0}
          empty={
            q ? (
              <Nothing icon="search" title={t('Nothing fits “{{q}}”', { q })} />
            ) : (
              <Nothing icon="key" title={t('No API key yet')} action={add} />
            )
          }
        >
          {({ pages }) => (
            <DataTable
              label={t('API keys')}
              rows={pages.flatMap(({ items }) => items)}
              keyOf={({ id }) => id}
              columns={[
                { header: t('Name'), cell: ({ name }) => name },
                { header: t('Role'), cell: ({ role }) => roleWords[role] },
                { header: t('Made'), cell: ({ created_at }) => <Instant at={created_at} /> },
                {
                  header: t('Last used'),
                  cell: ({ last_used_at }) => <Instant at={last_used_at} as="ago" none={t('never')} />,
                },
                { header: t('Actions'), quiet: true, align: 'end', cell: (key) => <Revoke apiKey={key} /> },
              ]}
            />
          )}
        </Listing>
        <More answer={keys} />
      </Panel>
      <Modal
        opened={opened}
        onClose={close}
        title={t('New API key')}
        centered
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <NewApiKey onDone={close} />
      </Modal>
    </>
  )
}

const roles = ['viewer', 'operator', 'admin', 'owner'] satisfies Role[]

function NewApiKey({ onDone }: { onDone: () => void }) {
  const queryClient = useQueryClient()
  const isOwner = useMay('owner')
  const make = useMutation({
    mutationFn: api.newApiKey,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['api_keys'] }),
  })
  if (make.data)
    return (
      <Stack gap="md">
        <Note tone="hint" title={t('Copy it now: it is not shown again')} />
        <CopyLine label={t('API key')} value={make.data.key} />
        <Group justify="flex-end">
          <Button onClick={onDone}>{t('Done')}</Button>
        </Group>
      </Stack>
    )
  const beside = errorBeside(make.error, ['name', 'role'])
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        const form = new FormData(submit.currentTarget)
        make.mutate({ name: text(form, 'name'), role: roles.find((role) => role === text(form, 'role')) ?? 'viewer' })
      }}
    >
      <Stack gap="md">
        <TextInput
          name="name"
          label={t('Name')}
          description={t('What it is for: it stands beside what the key does')}
          required
          maxLength={100}
          error={errorAt(make.error, 'name')}
          data-autofocus
        />
        <NativeSelect
          name="role"
          label={t('Role')}
          data={roles
            .filter((role) => isOwner || role !== 'owner')
            .map((value) => ({ value, label: roleWords[value] }))}
        />
        {beside && <Trouble error={beside} />}
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending}>
            {t('Make API key')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Revoke({ apiKey }: { apiKey: ApiKey }) {
  const [opened, { open, close }] = useDisclosure()
  const queryClient = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => api.revokeApiKey(apiKey.id),
    onSuccess: () => {
      close()
      return queryClient.invalidateQueries({ queryKey: ['api_keys'] })
    },
  })
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        aria-label={t('Revoke {{name}}', { name: apiKey.name })}
        onClick={open}
      >
        {t('Revoke')}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={t('Revoke {{name}}?', { name: apiKey.name })}
        action={t('Revoke')}
        keep={t('Keep it')}
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate()}
      >
        {t('Whoever uses it is refused from now on. It cannot be taken back.')}
      </Confirm>
    </>
  )
}
