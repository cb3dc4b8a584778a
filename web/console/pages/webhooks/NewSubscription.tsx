import { Button, Group, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../client.ts'
import { CopyLine } from '../../components/Copy.tsx'
import { Note, Trouble } from '../../components/Notice.tsx'
import { errorBeside, text } from '../../forms/fields.ts'
import { t } from '../../language.ts'
import { SubscriptionFields, triggers } from './SubscriptionFields.tsx'

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
        <SubscriptionFields chosen={chosen} onChoose={setChosen} error={add.error} />
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
