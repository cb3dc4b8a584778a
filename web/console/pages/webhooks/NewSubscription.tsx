import { Button, Checkbox, Group, MultiSelect, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type NewSubscription as Wanted } from '../../client.ts'
import { CopyLine } from '../../components/Copy.tsx'
import { Note, Trouble } from '../../components/Notice.tsx'
import { errorAt, errorBeside, text } from '../../forms/fields.ts'
import { t } from '../../language.ts'

/** What happens here, by the names that stand in the message. */
const triggers = [
  'meeting.changed',
  'meeting.deleted',
  'session.started',
  'session.ended',
  'attendance.changed',
  'recording.ready',
  'connection.changed',
  'connection.erased',
] satisfies NonNullable<Wanted['triggers']>

export function NewSubscription({ onDone }: { onDone: () => void }) {
  const queryClient = useQueryClient()
  const [chosen, setChosen] = useState<string[]>([])
  const add = useMutation({
    mutationFn: api.newSubscription,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['subscriptions'] }),
  })
  if (add.data)
    return (
      <Stack gap="md">
        <Note tone="hint" title={t('Copy it now: it is not shown again')}>
          {t('With this secret your program verifies that a message is from here.')}
        </Note>
        <CopyLine label={t('Secret')} value={add.data.secret} />
        <Group justify="flex-end">
          <Button onClick={onDone}>{t('Done')}</Button>
        </Group>
      </Stack>
    )
  const beside = errorBeside(add.error, ['name', 'url', 'triggers', 'allow_private'])
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        const form = new FormData(submit.currentTarget)
        const name = text(form, 'name')
        add.mutate({
          ...(name ? { name } : {}),
          url: text(form, 'url'),
          triggers: triggers.filter((each) => chosen.includes(each)),
          allow_private: form.has('allow_private'),
        })
      }}
    >
      <Stack gap="md">
        <TextInput name="name" label={t('Name')} maxLength={100} error={errorAt(add.error, 'name')} />
        <TextInput
          name="url"
          type="url"
          label={t('Address')}
          placeholder="https://hooks.school.example/greenroom"
          required
          error={errorAt(add.error, 'url')}
          data-autofocus
        />
        <MultiSelect
          label={t('Hears of')}
          placeholder={chosen.length === 0 ? t('Everything') : ''}
          data={triggers}
          value={chosen}
          onChange={setChosen}
          clearable
          clearButtonProps={{ 'aria-label': t('Everything') }}
        />
        <Checkbox
          name="allow_private"
          label={t('It is inside the network')}
          description={t('Else only public addresses are called')}
        />
        {beside && <Trouble error={beside} />}
        <Group justify="flex-end">
          <Button type="submit" loading={add.isPending}>
            {t('Add webhook')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
