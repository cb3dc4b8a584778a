import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Meeting } from '../../api.d.ts'
import { FormDrawer } from '../../components/FormDrawer.tsx'
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
      <FormDrawer opened={opened} onClose={close} title={t('Edit meeting')}>
        {(onChanged) => <EditMeetingForm meeting={meeting} onSaved={close} onChanged={onChanged} />}
      </FormDrawer>
    </>
  )
}
