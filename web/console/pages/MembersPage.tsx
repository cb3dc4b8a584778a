import { Button, Group, Menu, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Invitation, Me, Member, Role } from '../api.d.ts'
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
import { usePart } from '../components/part.ts'
import { CsvLink, Search, useSearch } from '../components/Search.tsx'
import { State } from '../components/State.tsx'
import { Toolbar } from '../components/Toolbar.tsx'
import { errorAt, errorBeside, text } from '../forms/fields.ts'
import { t } from '../language.ts'
import { useMay } from '../may.ts'
import { outside } from '../paths.ts'
import { queries } from '../queries.ts'
import { roleWords } from '../words.ts'
import classes from './HomePage.module.css'

const roles = ['viewer', 'operator', 'admin', 'owner'] satisfies Role[]

/** Who belongs to the workspace, and who is invited. */
export function MembersPage({ me }: { me: Me }) {
  const search = useSearch()
  const { q } = search
  const members = useInfiniteQuery(queries.members(q))
  const invitations = useQuery(queries.invitations())
  const invited = usePart(invitations.data?.items ?? [])
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <PageHeader
        title={t('Members')}
        actions={
          <>
            <CsvLink href={outside.list_csv('members', q ? { q } : {})} />
            <Button leftSection={<Icon name="plus" />} onClick={open}>
              {t('Invite somebody')}
            </Button>
          </>
        }
      >
        {t('Who may sign in here, and what they may do.')}
      </PageHeader>
      <Toolbar>
        <Search label={t('Search members')} placeholder={t('Name or e-mail')} {...search.field} />
      </Toolbar>
      <div className={classes['stack']}>
        <Panel>
          <Listing
            answer={members}
            isEmpty={({ pages }) => pages[0]?.items.length === 0}
            empty={<Nothing icon="search" title={t('Nothing fits “{{q}}”', { q })} />}
          >
            {({ pages }) => (
              <DataTable
                label={t('Members')}
                rows={pages.flatMap(({ items }) => items)}
                keyOf={({ id }) => id}
                columns={[
                  { header: t('Name'), cell: ({ name }) => name },
                  { header: t('E-mail'), cell: ({ email }) => email },
                  { header: t('Role'), cell: ({ role }) => roleWords[role] },
                  {
                    header: t('Second factor'),
                    cell: ({ two_factor }) =>
                      two_factor ? <State word={t('On')} tone="good" /> : <State word={t('Off')} tone="quiet" />,
                  },
                  {
                    header: t('Last seen'),
                    cell: ({ last_seen_at }) => <Instant at={last_seen_at} as="ago" none={t('never')} />,
                  },
                  {
                    header: t('Actions'),
                    quiet: true,
                    align: 'end',
                    cell: (member) => <Actions member={member} isSelf={member.id === me.user?.id} />,
                  },
                ]}
              />
            )}
          </Listing>
          <More answer={members} />
        </Panel>
        {invitations.error && <Trouble error={invitations.error} onRetry={() => void invitations.refetch()} />}
        {invited.shown.length > 0 && (
          <Panel title={t('Invited')}>
            <DataTable
              label={t('Invited')}
              rows={invited.shown}
              keyOf={({ id }) => id}
              columns={[
                { header: t('E-mail'), cell: ({ email }) => email },
                { header: t('Role'), cell: ({ role }) => roleWords[role] },
                { header: t('Good until'), cell: ({ expires_at }) => <Instant at={expires_at} /> },
                { header: t('Actions'), quiet: true, align: 'end', cell: (one) => <TakeBack invitation={one} /> },
              ]}
            />
            <More answer={invited.more} />
          </Panel>
        )}
      </div>
      <Modal
        opened={opened}
        onClose={close}
        title={t('Invite somebody')}
        centered
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <Invite onDone={close} />
      </Modal>
    </>
  )
}

/** Names of keys under which what is changed here is kept. */
const changed = ['members', 'invitations']

function useChanged() {
  const queryClient = useQueryClient()
  return () => Promise.all(changed.map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
}

function Invite({ onDone }: { onDone: () => void }) {
  const isOwner = useMay('owner')
  const invite = useMutation({ mutationFn: api.invite, onSuccess: useChanged() })
  if (invite.data)
    return (
      <Stack gap="md">
        <Note tone="hint" title={t('Hand this link on: Greenroom sends no mail')}>
          {t('It is shown this once, good for a week, and for one person.')}
        </Note>
        <CopyLine label={t('Link for {{email}}', { email: invite.data.email })} value={invite.data.url} />
        <Group justify="flex-end">
          <Button onClick={onDone}>{t('Done')}</Button>
        </Group>
      </Stack>
    )
  const beside = errorBeside(invite.error, ['email', 'role'])
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        const form = new FormData(submit.currentTarget)
        invite.mutate({
          email: text(form, 'email'),
          role: roles.find((role) => role === text(form, 'role')) ?? 'viewer',
        })
      }}
    >
      <Stack gap="md">
        <TextInput
          name="email"
          type="email"
          label={t('E-mail')}
          required
          error={errorAt(invite.error, 'email')}
          data-autofocus
        />
        <RoleSelect isOwner={isOwner} />
        {beside && <Trouble error={beside} />}
        <Group justify="flex-end">
          <Button type="submit" loading={invite.isPending}>
            {t('Make the link')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const roleMeans: Record<Role, string> = {
  viewer: t('Viewer: sees everything but secrets, members and the audit log'),
  operator: t('Operator: plans and changes meetings, replays events'),
  admin: t('Admin: connects Zoom and places, invites people'),
  owner: t('Owner: everything, also over admins'),
}

const RoleSelect = ({ isOwner, value }: { isOwner: boolean; value?: Role }) => (
  <NativeSelect
    name="role"
    label={t('Role')}
    defaultValue={value}
    data={roles.filter((role) => isOwner || role !== 'owner').map((each) => ({ value: each, label: roleMeans[each] }))}
  />
)

function Actions({ member, isSelf }: { member: Member; isSelf: boolean }) {
  const [asked, setAsked] = useState<'role' | 'remove'>()
  const isOwner = useMay('owner')
  const refresh = useChanged()
  const done = async () => {
    setAsked(undefined)
    await refresh()
  }
  const change = useMutation({ mutationFn: (role: Role) => api.changeMember(member.id, role), onSuccess: done })
  const remove = useMutation({ mutationFn: () => api.removeMember(member.id), onSuccess: done })
  const signOut = useMutation({ mutationFn: () => api.signOutMember(member.id), onSuccess: refresh })
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button variant="default" size="compact-sm" aria-label={t('Change {{name}}', { name: member.name })}>
            {t('Change')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsked('role')}>{t('Another role')}</Menu.Item>
          {!isSelf && <Menu.Item onClick={() => signOut.mutate()}>{t('Sign out everywhere')}</Menu.Item>}
          <Menu.Item color="red" onClick={() => setAsked('remove')}>
            {t('Remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {signOut.error && <Trouble error={signOut.error} />}
      <Modal
        opened={asked === 'role'}
        onClose={() => setAsked(undefined)}
        title={t('Role of {{name}}', { name: member.name })}
        centered
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <form
          onSubmit={(submit) => {
            submit.preventDefault()
            const role = text(new FormData(submit.currentTarget), 'role')
            change.mutate(roles.find((each) => each === role) ?? member.role)
          }}
        >
          <Stack gap="md">
            <RoleSelect isOwner={isOwner} value={member.role} />
            {change.error && <Trouble error={change.error} />}
            <Group justify="flex-end">
              <Button type="submit" loading={change.isPending}>
                {t('Save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
      <Confirm
        opened={asked === 'remove'}
        onClose={() => setAsked(undefined)}
        title={t('Remove {{name}}?', { name: member.name })}
        action={t('Remove')}
        keep={t('Keep them')}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t('They are signed out at once. What they did stays.')}
      </Confirm>
    </>
  )
}

function TakeBack({ invitation }: { invitation: Invitation }) {
  const revoke = useMutation({ mutationFn: () => api.revokeInvitation(invitation.id), onSuccess: useChanged() })
  return (
    <Button
      variant="default"
      size="compact-sm"
      aria-label={t('Take back the invitation of {{email}}', { email: invitation.email })}
      loading={revoke.isPending}
      onClick={() => revoke.mutate()}
    >
      {t('Take back')}
    </Button>
  )
}
