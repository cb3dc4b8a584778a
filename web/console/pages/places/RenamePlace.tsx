import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Place } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Trouble } from '../../components/Notice.tsx'
import { errorAt, errorBeside, text } from '../../forms/fields.ts'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'

/** What the place is called here; the host system knows nothing of it. */
export function RenamePlace({ place }: { place: Place }) {
  const mayRename = useMay('admin')
  const queryClient = useQueryClient()
  const change = useMutation({
    mutationFn: (name: string) => api.changePlace(place.id, { name }),
    onSuccess: () =>
      Promise.all(['places', 'meetings'].map((key) => queryClient.invalidateQueries({ queryKey: [key] }))),
  })
  if (!mayRename) return null
  const beside = errorBeside(change.error, ['name'])
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        change.mutate(text(new FormData(submit.currentTarget), 'name'))
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          key={place.name}
          name="name"
          label={t('Name')}
          defaultValue={place.name}
          required
          maxLength={100}
          error={errorAt(change.error, 'name')}
          style={{ flex: 1 }}
        />
        <Button type="submit" variant="default" loading={change.isPending}>
          {t('Save')}
        </Button>
      </Group>
      {beside && <Trouble error={beside} />}
    </form>
  )
}
