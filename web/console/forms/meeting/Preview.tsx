import { Button, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MeetingPreview, PreviewRequest } from '../../api.d.ts'
import { locale, t } from '../../language.ts'
import { queries } from '../../queries.ts'
import { viewerZone } from '../../times.ts'
import classes from './MeetingForm.module.css'
import { zones } from './zones.ts'

/** Shown before somebody asks for all. */
const few = 5

/** When the plan would take place, in the meeting's zone and in another; where clocks are changed in between, it says so. */
export function Preview({ plan }: { plan: Omit<PreviewRequest, 'zones'> }) {
  const [picked, setPicked] = useState<string>()
  const other = picked ?? (viewerZone() === plan.timezone ? 'UTC' : viewerZone())
  const [all, setAll] = useState(false)
  const [asked] = useDebouncedValue({ ...plan, zones: [other] }, 250)
  const preview = useQuery(queries.preview(asked))
  const items = preview.data?.items ?? []
  const shown = all ? items : items.slice(0, few)
  return (
    <section className={classes['preview']} aria-label={t('When it takes place')}>
      <Select
        label={t('Also seen from')}
        data={zones}
        value={other}
        onChange={(zone) => setPicked(zone ?? other)}
        searchable
        allowDeselect={false}
      />
      {preview.error ? (
        <p className={classes['hint']} role="alert">
          {preview.error.message}
        </p>
      ) : (
        <table className={classes['times']} aria-label={t('Preview')} data-old={preview.isPlaceholderData || undefined}>
          <thead>
            <tr>
              {items[0]?.local.map(({ timezone }) => (
                <th key={timezone} scope="col">
                  {timezone}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((item) => (
              <tr key={item.start_time}>
                {item.local.map((there) => (
                  <td key={there.timezone}>
                    <There at={item.start_time} there={there} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {items[0] && Date.parse(items[0].start_time) < Date.now() && (
        <p className={classes['changed']}>{t('This is in the past: Zoom would begin it now.')}</p>
      )}
      {items.length > few && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(!all)}>
          {all ? t('Show fewer') : t('Show all {{count}}', { count: items.length })}
        </Button>
      )}
    </section>
  )
}

function There({ at, there }: { at: string; there: MeetingPreview['items'][number]['local'][number] }) {
  const text = new Date(at).toLocaleString(locale, {
    timeZone: there.timezone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  })
  return (
    <>
      <time dateTime={there.start}>{text}</time>
      {there.clocks_changed && <span className={classes['changed']}>{t('after the clocks were changed')}</span>}
    </>
  )
}
