import { Button, Group, Stack } from '@mantine/core'
import type { HostOptions, PlannedMeeting } from '../../api.d.ts'
import { Note } from '../../components/Notice.tsx'
import { hubWords, t } from '../../language.ts'
import classes from './MeetingForm.module.css'
import { valueInWords } from './values.ts'

interface LeftOutProps {
  meeting: PlannedMeeting
  host: HostOptions | undefined
  onSeen: () => void
}

/** What Zoom took and yet has otherwise. The rest is done. */
export function LeftOut({ meeting, host, onSeen }: LeftOutProps) {
  return (
    <Stack gap="md" role="alert">
      <Note tone="warn" title={t('Saved, but Zoom has left something out')}>
        <p>{t('Zoom took it without a word; a setting of the host or of the account may decide.')}</p>
        <table className={classes['times']} aria-label={t('What Zoom has left out')}>
          <thead>
            <tr>
              <th scope="col">{t('What')}</th>
              <th scope="col">{t('Asked')}</th>
              <th scope="col">{t('At Zoom')}</th>
            </tr>
          </thead>
          <tbody>
            {meeting.left_out.map(({ field, asked, kept }) => {
              const item = host?.items.find(({ id }) => id === field)
              return (
                <tr key={field}>
                  <th scope="row">{item ? hubWords(item.words) : field}</th>
                  <td>{valueInWords(item, asked) ?? '–'}</td>
                  <td>{valueInWords(item, kept) ?? '–'}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </Note>
      <Group justify="flex-end">
        <Button onClick={onSeen} data-autofocus>
          {t('Go to the meeting')}
        </Button>
      </Group>
    </Stack>
  )
}
