import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Meeting, Occurrence } from '../../api.d.ts'
import { api } from '../../client.ts'
import { Confirm } from '../../components/Confirm.tsx'
import { useMay } from '../../may.ts'
import { dayAndTime } from '../../times.ts'
import { t } from '../../language.ts'

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
  return (
    <>
      <Button variant="default" size={occurrence ? 'compact-sm' : 'sm'} onClick={open}>
        {occurrence ? t('Cancel') : t('Cancel meeting')}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={occurrence ? t('Cancel this occurrence?') : t('Cancel this meeting?')}
        action={occurrence ? t('Cancel occurrence') : t('Cancel meeting')}
        keep={t('Keep it')}
        pending={cancel.isPending}
        error={cancel.error}
        onConfirm={() => cancel.mutate()}
      >
        {whatFollows(meeting, occurrence)}
      </Confirm>
    </>
  )
}

function whatFollows({ topic, recurrence }: Meeting, occurrence: Occurrence | undefined): string {
  if (occurrence)
    return t('“{{topic}}”, {{time}}, is deleted at Zoom and its link stops working. Its attendance stays here.', {
      topic,
      time: dayAndTime(occurrence.start_time),
    })
  return recurrence
    ? t(
        '“{{topic}}” is deleted at Zoom with all of its occurrences, and its link stops working. Its attendance stays here.',
        { topic },
      )
    : t('“{{topic}}” is deleted at Zoom and its link stops working. Its attendance stays here.', { topic })
}

/** What is over for good cannot be called off; a series that has ended once may go on. */
const cancellable = ({ state, recurrence }: Meeting): boolean =>
  state === 'scheduled' || (state === 'ended' && recurrence !== null)
