import type { HostOptions } from '../../api.d.ts'
import { Note } from '../../components/Notice.tsx'
import { hubWords, t } from '../../language.ts'
import { errorAt } from '../fields.ts'
import type { Chosen, OptionItem } from './body.ts'
import classes from './MeetingForm.module.css'
import { OptionField } from './OptionField.tsx'

export const sections = {
  who: t('People'),
  access: t('Access'),
  registration: t('Registration'),
  media: t('Sound, video, recording'),
  more: t('More'),
} as const

/** Shown elsewhere in the form. */
const elsewhere = new Set([
  'topic',
  'kind',
  'agenda',
  'start_time',
  'duration',
  'timezone',
  'recurrence',
  'type',
  'host',
])

interface OptionsProps {
  host: HostOptions
  kind: 'meeting' | 'webinar'
  chosen: Chosen
  /** What the meeting has, as the fields take it. */
  current: Chosen
  onChange: (id: string, value: unknown) => void
  error: Error | null
  /** For whom to schedule, or to whom to hand over. */
  scheduleFor?: React.ReactNode
}

/** Every option but the plan itself and what the workspace has switched off, in groups that open. A group where something was refused is open. */
export function Options({ host, kind, chosen, current, onChange, error, scheduleFor }: OptionsProps) {
  const items = host.items.filter(
    ({ id, kinds, rule }) => kinds.includes(kind) && !elsewhere.has(id) && rule !== 'never',
  )
  return (
    <div className={classes['sections']}>
      {!host.fresh && (
        <p className={classes['hint']} role="status">
          {host.email
            ? t('Zoom is asked what {{email}} may do …', { email: host.email })
            : t('What holds when nothing is chosen depends on the host.')}
        </p>
      )}
      {host.unknown.some(({ what }) => what === 'settings') && (
        <Note tone="hint" title={t('Zoom does not tell the defaults of this host')}>
          {hubWords(host.unknown.find(({ what }) => what === 'settings')?.reason ?? '')}
        </Note>
      )}
      {Object.entries(sections).map(([section, words]) => {
        const own = items.filter((item) => item.section === section)
        if (own.length === 0) return null
        return (
          <Section
            key={section}
            title={words}
            items={own}
            chosen={chosen}
            refused={own.some(({ id }) => errorAt(error, id) !== undefined)}
          >
            {own.map((item) =>
              item.id === 'schedule_for' ? (
                <div key={item.id} className={classes['wide']}>
                  {scheduleFor}
                </div>
              ) : (
                <OptionField
                  key={item.id}
                  item={item}
                  host={host}
                  value={chosen[item.id]}
                  current={current[item.id]}
                  onChange={(value) => onChange(item.id, value)}
                  error={errorAt(error, item.id)}
                />
              ),
            )}
          </Section>
        )
      })}
    </div>
  )
}

interface SectionProps {
  title: string
  items: OptionItem[]
  chosen: Chosen
  refused: boolean
  children: React.ReactNode
}

function Section({ title, items, chosen, refused, children }: SectionProps) {
  const touched = items.filter(({ id }) => chosen[id] !== undefined)
  return (
    <details
      className={classes['section']}
      open={refused || undefined}
      // The browser says what is missing at the field, and nowhere when the field is folded away: it is opened first.
      onInvalidCapture={({ currentTarget }) => {
        currentTarget.open = true
      }}
    >
      <summary className={classes['summary']}>
        <span className={classes['sectionTitle']}>{title}</span>
        <span className={classes['touched']}>{touched.map(({ words }) => hubWords(words)).join(', ')}</span>
      </summary>
      <div className={classes['fields']}>{children}</div>
    </details>
  )
}
