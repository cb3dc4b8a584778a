import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Meeting, Occurrence } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Confirm } from '../../components/Confirm.tsx'
import { useMay } from '../../may.ts'
import { dayAndTime } from '../../times.ts'

/** Calls a meeting off, or one occurrence of it. */
export function CancelMeeting({ meeting, occurrence }: { meeting: Meeting; occurrence?: Occurrence }) {
  const [opened, { open, close }] = useDisclosure()
  const mayChange = useMay('operator')
  const queryClient = useQueryClient()
  const cancel = useMutation({
    mutationFn: () => api.cancelMeeting(meeting.id, occurrence?.occurrence_id),
    onSuccess: () => {
      close()
      return queryClient.invalidateQueries({ queryKey: ['meetings'] })
    },
  })
  if (!mayChange || !cancellable(meeting)) return null
  const what = occurrence ? 'occurrence' : 'meeting'
  return (
    <>
      <Button variant="default" size={occurrence ? 'compact-sm' : 'sm'} onClick={open}>
        {occurrence ? 'Cancel' : 'Cancel meeting'}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={`Cancel this ${what}?`}
        action={`Cancel ${what}`}
        keep="Keep it"
        pending={cancel.isPending}
        error={cancel.error}
        onConfirm={() => cancel.mutate()}
      >
        “{meeting.topic}”{occurrence && `, ${dayAndTime(occurrence.start_time)},`} is deleted at Zoom and its link stops
        working
        {!occurrence && meeting.recurrence && ', for all of its occurrences'}. Its attendance stays here.
      </Confirm>
    </>
  )
}

/** What is over for good cannot be called off; a series that has ended once may go on. */
const cancellable = ({ state, recurrence }: Meeting): boolean =>
  state === 'scheduled' || (state === 'ended' && recurrence !== null)
