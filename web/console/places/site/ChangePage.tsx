import { Button, Group, Modal, NativeSelect, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Placement } from '../../api.d.ts'
import { api, type SitePage } from '../../client.ts'
import { Confirm } from '../../components/Confirm.tsx'
import { Listing } from '../../components/Listing.tsx'
import { Trouble } from '../../components/Notice.tsx'
import { errorAt, errorBeside, text } from '../../forms/fields.ts'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'
import { queries } from '../../queries.ts'
import { usePlacementsAnew } from '../usePlacementsAnew.ts'

const visibilities = ['public', 'unlisted', 'unpublished'] as const

export const whoFindsIt = [
  { value: 'public', label: t('Everybody, also search engines') },
  { value: 'unlisted', label: t('Who has the link') },
  { value: 'unpublished', label: t('Nobody for now') },
]

/** Who finds a page that is there, and the way to take it away. */
export function ChangePage({ placement }: { placement: Placement }) {
  const [opened, { open, close }] = useDisclosure()
  const mayChange = useMay('operator')
  if (!mayChange) return null
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        aria-label={t('Change the page {{ref}}', { ref: placement.ref })}
        onClick={open}
      >
        {t('Change')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('Change the page {{ref}}', { ref: placement.ref })}
        centered
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <Loaded placement={placement} onDone={close} />
      </Modal>
    </>
  )
}

function Loaded({ placement, onDone }: { placement: Placement; onDone: () => void }) {
  const page = useQuery(queries.sitePage(placement.id))
  return (
    <Listing answer={page} lines={2}>
      {(found) => <ChangeForm page={found} onDone={onDone} />}
    </Listing>
  )
}

function ChangeForm({ page, onDone }: { page: SitePage; onDone: () => void }) {
  const change = useMutation({
    mutationFn: (visibility: SitePage['visibility']) => api.changeSitePage(page.id, { visibility }),
    onSuccess: useDone(page, onDone),
  })
  const beside = errorBeside(change.error, ['visibility'])
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        const chosen = text(new FormData(submit.currentTarget), 'visibility')
        change.mutate(visibilities.find((each) => each === chosen) ?? page.visibility)
      }}
    >
      <Stack gap="md">
        <NativeSelect
          name="visibility"
          label={t('Who finds it')}
          defaultValue={page.visibility}
          data={whoFindsIt}
          error={errorAt(change.error, 'visibility')}
          data-autofocus
        />
        {beside && <Trouble error={beside} />}
        <Group justify="space-between">
          <RemovePage page={page} onRemoved={onDone} />
          <Button type="submit" loading={change.isPending}>
            {t('Save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function RemovePage({ page, onRemoved }: { page: SitePage; onRemoved: () => void }) {
  const [opened, { open, close }] = useDisclosure()
  const remove = useMutation({ mutationFn: () => api.removeSitePage(page.id), onSuccess: useDone(page, onRemoved) })
  return (
    <>
      <Button variant="subtle" color="red" onClick={open}>
        {t('Remove the page')}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={t('Remove the page {{slug}}?', { slug: page.slug })}
        action={t('Remove the page')}
        keep={t('Keep it')}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t('Its address leads nowhere then, and another page may have it. The meeting stays.')}
      </Confirm>
    </>
  )
}

/** Where the page stands is asked anew. */
function useDone(page: SitePage, onDone: () => void) {
  const queryClient = useQueryClient()
  const askAnew = usePlacementsAnew(page)
  return () => {
    onDone()
    queryClient.removeQueries({ queryKey: queries.sitePage(page.id).queryKey })
    return askAnew()
  }
}
