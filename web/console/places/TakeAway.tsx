import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import type { Placement } from '../api.d.ts'
import { api } from '../client.ts'
import { Confirm } from '../components/Confirm.tsx'
import { t } from '../language.ts'
import { useMay } from '../may.ts'
import { usePlacementsAnew } from './usePlacementsAnew.ts'

interface TakeAwayProps {
  placement: Placement
  /** As the button says it. */
  action: string
  /** The same with what is taken away from where, for the question and for a screen reader. */
  what: string
  /** What becomes of it there. */
  children: string
}

/** Takes a meeting away from where it was put, once that was asked. */
export function TakeAway({ placement, what, action, children }: TakeAwayProps) {
  const [opened, { open, close }] = useDisclosure()
  const mayTake = useMay('operator')
  const askAnew = usePlacementsAnew(placement)
  const take = useMutation({
    mutationFn: () => api.takeMeeting(placement.id),
    onSuccess: () => {
      close()
      return askAnew()
    },
  })
  if (!mayTake) return null
  return (
    <>
      <Button variant="default" size="compact-sm" aria-label={what} onClick={open}>
        {action}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={`${what}?`}
        action={action}
        keep={t('Keep it')}
        pending={take.isPending}
        error={take.error}
        onConfirm={() => take.mutate()}
      >
        {children}
      </Confirm>
    </>
  )
}
