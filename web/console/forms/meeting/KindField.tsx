import { SegmentedControl } from '@mantine/core'
import type { HostOptions } from '../../api.d.ts'
import { hubWords, t } from '../../language.ts'
import classes from './MeetingForm.module.css'

export type Kind = 'meeting' | 'webinar'

interface KindFieldProps {
  kind: Kind
  onChange: (kind: Kind) => void
  options: HostOptions | undefined
  error: string | undefined
}

/** A meeting or a webinar, or why the host holds no webinars. */
export function KindField({ kind, onChange, options, error }: KindFieldProps) {
  const why = options?.items.find(({ id }) => id === 'kind')?.choices.find(({ value }) => value === 'webinar')?.reason
  return (
    <div>
      <SegmentedControl
        aria-label={t('Meeting or webinar')}
        fullWidth
        value={kind}
        onChange={(value) => onChange(value === 'webinar' ? 'webinar' : 'meeting')}
        data={[
          { value: 'meeting', label: t('Meeting') },
          { value: 'webinar', label: t('Webinar'), disabled: Boolean(why) },
        ]}
      />
      {why && <p className={classes['hint']}>{hubWords(why)}</p>}
      {error && (
        <p className={classes['error']} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
