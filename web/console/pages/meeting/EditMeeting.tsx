import { Button, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Meeting } from '../../api.d.ts'
import { EditMeetingForm } from '../../forms/EditMeetingForm.tsx'
import { t } from '../../language.ts'
import { useMay } from '../../may.ts'

/** The form that changes the meeting, in a drawer beside its page. */
export function EditMeeting({ meeting }: { meeting: Meeting }) {
  const [opened, { open, close }] = useDisclosure()
  const mayChange = useMay('operator')
  if (!mayChange || meeting.state === 'cancelled' || meeting.state === 'gone') return null
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('Edit')}
      </Button>
      <Drawer
        opened={opened}
        onClose={close}
        position="right"
        size="lg"
        title={t('Edit meeting')}
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        <EditMeetingForm meeting={meeting} onSaved={close} />
      </Drawer>
    </>
  )
}
