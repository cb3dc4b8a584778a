import { Button, Group } from '@mantine/core'
import type { HostOptions, Meeting } from '../../api.d.ts'
import type { Problem } from '../../client.ts'
import { Note } from '../../components/Notice.tsx'
import { hubWords, t } from '../../language.ts'
import classes from './MeetingForm.module.css'
import { valueInWords } from './values.ts'

interface ConflictProps {
  problem: Problem
  host: HostOptions | undefined
  meeting: Meeting
  onTheirs: () => void
  onYours: () => void
  pending: boolean
  takesTheirs: boolean
}

/** What somebody else has changed meanwhile, beside what was to become of it. Nothing was overwritten. */
export function Conflict({ problem, host, meeting, onTheirs, onYours, pending, takesTheirs }: ConflictProps) {
  const zone = meeting.timezone ?? 'UTC'
  return (
    <div role="alert" tabIndex={-1}>
      <Note tone="warn" title={t('Somebody else has changed this meanwhile')}>
        <p>{t('Nothing was overwritten. Whose shall hold?')}</p>
        <table className={classes['times']} aria-label={t('What differs')}>
          <thead>
            <tr>
              <th scope="col">{t('What')}</th>
              <th scope="col">{t('Theirs, at Zoom now')}</th>
              <th scope="col">{t('Yours')}</th>
            </tr>
          </thead>
          <tbody>
            {problem.conflicts.map(({ field, theirs, yours }) => {
              const item = host?.items.find(({ id }) => id === field)
              return (
                <tr key={field}>
                  <th scope="row">{item ? hubWords(item.words) : field}</th>
                  <td>{valueInWords(item, theirs, zone) ?? '–'}</td>
                  <td>{valueInWords(item, yours, zone) ?? '–'}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
        <Group gap="xs" mt="sm">
          <Button size="xs" variant="default" loading={takesTheirs} onClick={onTheirs}>
            {t('Take theirs')}
          </Button>
          <Button size="xs" loading={pending} onClick={onYours}>
            {t('Keep mine')}
          </Button>
        </Group>
      </Note>
    </div>
  )
}
