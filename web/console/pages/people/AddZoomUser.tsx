import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type NewZoomUser } from '../../client.ts'
import { Note, Trouble } from '../../components/Notice.tsx'
import { errorAt, errorBeside, text } from '../../forms/fields.ts'
import { ConnectionField } from '../../forms/meeting/ConnectionField.tsx'
import { t } from '../../language.ts'
import { licenceWords } from './licence-words.ts'

const actions: Record<NewZoomUser['action'], string> = {
  create: t('Zoom sends an invitation'),
  autoCreate: t('At once, of a domain that the account manages'),
  custCreate: t('For the API alone: cannot sign in'),
  ssoCreate: t('Signs in by the organisation’s single sign-on'),
}

const types = [1, 2, 4, 99] satisfies NewZoomUser['type'][]

/** Adds somebody to the Zoom account. */
export function AddZoomUser({ onDone }: { onDone: () => void }) {
  const queryClient = useQueryClient()
  const [connection, setConnection] = useState<string>()
  const [action, setAction] = useState<NewZoomUser['action']>('create')
  const add = useMutation({
    mutationFn: api.addZoomUser,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['zoom_users'] }),
  })
  if (add.data)
    return (
      <Stack gap="md">
        <div role="status">
          <Note
            tone="hint"
            title={
              add.data.status === 'pending'
                ? t('Zoom has invited {{email}}', { email: add.data.email })
                : t('{{email}} is a user of the account now', { email: add.data.email })
            }
          />
        </div>
        <Group justify="flex-end">
          <Button onClick={onDone}>{t('Done')}</Button>
        </Group>
      </Stack>
    )
  const beside = errorBeside(add.error, ['email', 'first_name', 'last_name', 'type', 'action', 'connection_id'])
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        const form = new FormData(submit.currentTarget)
        const named = (name: 'first_name' | 'last_name') => (text(form, name) ? { [name]: text(form, name) } : {})
        add.mutate({
          action,
          email: text(form, 'email'),
          type: types.find((type) => String(type) === text(form, 'type')) ?? 1,
          ...named('first_name'),
          ...named('last_name'),
          ...(connection ? { connection_id: connection } : {}),
        })
      }}
    >
      <Stack gap="md">
        <TextInput
          name="email"
          type="email"
          label={t('E-mail')}
          required
          maxLength={128}
          error={errorAt(add.error, 'email')}
          data-autofocus
        />
        <Group grow>
          <TextInput
            name="first_name"
            label={t('First name')}
            maxLength={64}
            error={errorAt(add.error, 'first_name')}
          />
          <TextInput name="last_name" label={t('Last name')} maxLength={64} error={errorAt(add.error, 'last_name')} />
        </Group>
        <NativeSelect
          label={t('How')}
          value={action}
          data={Object.entries(actions).map(([value, label]) => ({ value, label }))}
          onChange={({ currentTarget: { value } }) => setAction(value as NewZoomUser['action'])}
          error={errorAt(add.error, 'action')}
        />
        <NativeSelect
          name="type"
          label={t('Licence')}
          data={types
            .filter((type) => type !== 99 || action === 'ssoCreate')
            .map((type) => ({ value: String(type), label: licenceWords[type] }))}
          error={errorAt(add.error, 'type')}
        />
        <ConnectionField value={connection} onChange={setConnection} error={errorAt(add.error, 'connection_id')} />
        {beside && <Trouble error={beside} />}
        <Group justify="flex-end">
          <Button type="submit" loading={add.isPending}>
            {t('Add the user')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
