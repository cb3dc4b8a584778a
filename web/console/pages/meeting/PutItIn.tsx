import { Button, Group, Modal, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Meeting, Place } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Icon } from '../../components/Icon.tsx'
import { Listing } from '../../components/Listing.tsx'
import { Note, Nothing, Trouble } from '../../components/Notice.tsx'
import { errorBeside } from '../../forms/fields.ts'
import { PlaceSelect } from '../../forms/PlaceSelect.tsx'
import { useMay } from '../../may.ts'
import { paths } from '../../paths.ts'
import { kinds } from '../../places/kinds.ts'
import type { Putting } from '../../places/kind.ts'
import { usePlacementsAnew } from '../../places/usePlacementsAnew.ts'
import { queries } from '../../queries.ts'
import { t } from '../../language.ts'

/** Puts a meeting into one of the places. */
export function PutItIn({ meeting }: { meeting: Meeting }) {
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <Button size="xs" variant="default" leftSection={<Icon name="plus" size={14} />} onClick={open}>
        {t('Put it in…')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('Put it in…')}
        centered
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <ChoosePlace meeting={meeting} onPut={close} />
      </Modal>
    </>
  )
}

function ChoosePlace({ meeting, onPut }: { meeting: Meeting; onPut: () => void }) {
  const places = useQuery(queries.placesToPutIn(''))
  const mayAdd = useMay('admin')
  const [chosen, setChosen] = useState<Place>()
  return (
    <Listing
      answer={places}
      lines={2}
      isEmpty={({ items }) => items.length === 0}
      empty={
        <Nothing
          icon="places"
          title={t('No place is switched on')}
          action={
            mayAdd && (
              <Button component={Link} to={paths.new_place()}>
                {t('Add a place')}
              </Button>
            )
          }
        >
          {t('Meetings can be put into channels, onto web sites and more, once these are connected.')}
        </Nothing>
      }
    >
      {({ items }) => {
        const place = chosen ?? items[0]
        return (
          <Stack gap="md">
            <PlaceSelect label={t('Place')} place={place} onChange={setChosen} />
            {place && <There key={place.id} place={place} meeting={meeting} onPut={onPut} />}
          </Stack>
        )
      }}
    </Listing>
  )
}

interface ThereProps {
  place: Place
  meeting: Meeting
  onPut: () => void
}

function There({ place, meeting, onPut }: ThereProps) {
  const put = kinds[place.integration]?.put
  if (!put) return null
  if ('elsewhere' in put)
    return (
      <Note tone="hint" title={t('From inside {{name}}', { name: place.name })}>
        {put.elsewhere}
      </Note>
    )
  return <PutForm {...{ place, meeting, onPut, put }} />
}

function PutForm({ place, meeting, onPut, put }: ThereProps & { put: Putting }) {
  const askAnew = usePlacementsAnew({ meeting_id: meeting.id, place_id: place.id })
  const sent = useMutation({
    mutationFn: (form: FormData) => api.putMeeting(meeting.id, { place_id: place.id, target: put.target(form) }),
    onSuccess: () => {
      onPut()
      return askAnew()
    },
  })
  const beside = errorBeside(sent.error, put.fields)
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        sent.mutate(new FormData(submit.currentTarget))
      }}
    >
      <Stack gap="md">
        <put.Fields error={sent.error} />
        {beside && <Trouble error={beside} />}
        <Group justify="flex-end">
          <Button type="submit" loading={sent.isPending}>
            {put.action}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
