import { ActionIcon, Anchor, Button, Group, Popover, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api } from '../../client.ts'
import { Icon } from '../../components/Icon.tsx'
import { Trouble } from '../../components/Notice.tsx'
import { errorAt, errorBeside, text } from '../../forms/fields.ts'
import { t } from '../../language.ts'
import { paths } from '../../paths.ts'
import { queries } from '../../queries.ts'

/** What the list is narrowed to, kept under names: opened, saved and deleted. */
export function Views({ query }: { query: string }) {
  const [opened, { toggle, close }] = useDisclosure()
  const queryClient = useQueryClient()
  const views = (useQuery(queries.views()).data?.items ?? []).filter(({ page }) => page === 'meetings')
  const renew = () => queryClient.invalidateQueries({ queryKey: ['views'] })
  const save = useMutation({
    mutationFn: (name: string) => api.keepView({ page: 'meetings', name, query }),
    onSuccess: renew,
  })
  const forget = useMutation({ mutationFn: api.forgetView, onSuccess: renew })
  const beside = errorBeside(save.error, ['name']) ?? forget.error
  return (
    <Popover opened={opened} onChange={close} position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" aria-haspopup="dialog" onClick={toggle}>
          {t('Views')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('Views')}>
        <Stack gap="xs">
          {views.map((view) => (
            <Group key={view.id} justify="space-between" wrap="nowrap">
              <Anchor component={Link} to={`${paths.meetings()}?${view.query}`} size="sm" onClick={close}>
                {view.name}
              </Anchor>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('Delete the view {{name}}', { name: view.name })}
                onClick={() => forget.mutate(view.id)}
              >
                <Icon name="trash" />
              </ActionIcon>
            </Group>
          ))}
          <form
            onSubmit={(submit) => {
              submit.preventDefault()
              const form = submit.currentTarget
              save.mutate(text(new FormData(form), 'name'), { onSuccess: () => form.reset() })
            }}
          >
            <Stack gap="xs">
              <TextInput
                name="name"
                label={t('Save what is shown now')}
                placeholder={t('Name')}
                required
                maxLength={60}
                error={errorAt(save.error, 'name')}
              />
              {beside && <Trouble error={beside} />}
              <Button type="submit" size="xs" loading={save.isPending}>
                {t('Save view')}
              </Button>
            </Stack>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
