import { Button, Group, SegmentedControl } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MeetingDefault } from '../api.d.ts'
import { api } from '../client.ts'
import { Listing } from '../components/Listing.tsx'
import { Nothing, Trouble } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { Toolbar } from '../components/Toolbar.tsx'
import { errorAt, errorBeside } from '../forms/fields.ts'
import { chosenOf, onTheWire, type OptionItem } from '../forms/meeting/body.ts'
import { OptionField, type OptionFieldProps } from '../forms/meeting/OptionField.tsx'
import { sections } from '../forms/meeting/Options.tsx'
import { hubWords, t } from '../language.ts'
import { useMay } from '../may.ts'
import { queries } from '../queries.ts'
import home from './HomePage.module.css'
import classes from './MeetingDefaultsPage.module.css'
import { Search } from '../components/Search.tsx'

type Rule = MeetingDefault['rule']
type Host = OptionFieldProps['host']

const titles = { what: t('What'), when: t('When'), ...sections } satisfies Record<MeetingDefault['section'], string>
const ruleWords: Record<Rule, string> = { always: t('Always'), decides: t('Planner decides'), never: t('Never') }
const order = ['always', 'decides', 'never'] satisfies Rule[]

/** What the workspace has decided of each option of its meetings, wherever they are planned. */
export function MeetingDefaultsPage() {
  const answer = useQuery(queries.meetingDefaults())
  const [words, setWords] = useState('')
  return (
    <>
      <PageHeader title={t('Meeting defaults')}>
        {t('They hold for meetings that are planned here, in a course, in a channel, on a web page or by a program.')}
      </PageHeader>
      <Toolbar>
        <Search label={t('Search options')} placeholder={t('Name of an option')} value={words} onChange={setWords} />
      </Toolbar>
      <Listing answer={answer} lines={8}>
        {({ items, tracking_fields }) => (
          <Sections
            items={items.filter((item) => fits(item, words))}
            words={words}
            host={{ tracking_fields, passcode: { demands: [], suggestion: '' } }}
          />
        )}
      </Listing>
    </>
  )
}

const fits = ({ id, words, about }: MeetingDefault, search: string): boolean =>
  [id, hubWords(words), hubWords(about ?? '')].some((text) => text.toLowerCase().includes(search.trim().toLowerCase()))

function Sections({ items, words, host }: { items: MeetingDefault[]; words: string; host: Host }) {
  if (items.length === 0)
    return (
      <Panel>
        <Nothing icon="search" title={t('Nothing fits “{{q}}”', { q: words })} />
      </Panel>
    )
  return (
    <div className={home['stack']}>
      {Object.entries(titles).map(([section, title]) => {
        const own = items.filter((item) => item.section === section)
        if (own.length === 0) return null
        return (
          <Panel key={section} title={title}>
            <ul className={classes['options']}>
              {own.map((item) => (
                <Option key={`${item.id} ${item.changed_at}`} item={item} host={host} />
              ))}
            </ul>
          </Panel>
        )
      })}
    </div>
  )
}

interface Draft {
  rule: Rule
  value: unknown
}

/** One option: its rule and, unless it is switched off, its value. What was changed is saved by a button of its own. */
function Option({ item, host }: { item: MeetingDefault; host: Host }) {
  const queryClient = useQueryClient()
  const mayChange = useMay('admin')
  const saved: Draft = { rule: item.rule, value: chosenOf(item, item.value ?? undefined) }
  const [draft, setDraft] = useState<Draft>()
  const { rule, value } = draft ?? saved
  const field = { ...item, choices: item.choices.map((each) => ({ ...each, reason: null })), ...asField }
  const renew = async () => {
    await Promise.all(
      ['meeting_defaults', 'meeting_options'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
    )
    setDraft(undefined)
  }
  const save = useMutation({
    mutationFn: async () => {
      const sent = value === undefined || rule === 'never' ? undefined : onTheWire(field, value)
      await (rule === 'decides' && sent === undefined
        ? api.removeMeetingDefault(item.id)
        : api.setMeetingDefault(item.id, { rule, ...(sent === undefined ? {} : { value: sent }) }))
    },
    onSuccess: renew,
  })
  const reset = useMutation({ mutationFn: () => api.removeMeetingDefault(item.id), onSuccess: renew })
  const error = save.error ?? reset.error
  const beside = errorBeside(error, ['value'])
  const hasField = item.has_value && rule !== 'never'
  return (
    <li className={classes['option']} aria-label={hubWords(item.words)}>
      <div className={classes['words']}>
        <p className={classes['name']}>{hubWords(item.words)}</p>
        {item.about && <p className={classes['about']}>{hubWords(item.about)}</p>}
      </div>
      <SegmentedControl
        aria-label={t('Rule for {{option}}', { option: hubWords(item.words) })}
        disabled={!mayChange}
        size="xs"
        value={rule}
        onChange={(chosen) => setDraft({ rule: order.find((each) => each === chosen) ?? rule, value })}
        data={order
          .filter((each) => item.rules.includes(each))
          .map((each) => ({ value: each, label: ruleWords[each] }))}
      />
      {hasField && (
        <fieldset className={classes['value']} disabled={!mayChange}>
          <OptionField
            item={field}
            host={host}
            value={value}
            current={undefined}
            onChange={(next) => setDraft({ rule, value: next })}
            error={errorAt(error, 'value')}
          />
          {item.type === 'tracking' && host.tracking_fields.length === 0 && (
            <p className={classes['about']}>{t('Zoom has told of no tracking fields yet')}</p>
          )}
        </fieldset>
      )}
      {beside && <Trouble error={beside} />}
      {mayChange && (draft || item.changed_at) && (
        <Group gap="xs" className={classes['actions']}>
          {draft && (
            <Button size="compact-sm" loading={save.isPending} onClick={() => save.mutate()}>
              {t('Save')}
            </Button>
          )}
          {draft && (
            <Button size="compact-sm" variant="default" onClick={() => setDraft(undefined)}>
              {t('Undo')}
            </Button>
          )}
          {!draft && (
            <Button size="compact-sm" variant="default" loading={reset.isPending} onClick={() => reset.mutate()}>
              {t('Reset')}
            </Button>
          )}
        </Group>
      )}
    </li>
  )
}

/** Of no host in particular. */
const asField = { default: null, reason: null, preset: null } satisfies Partial<OptionItem>
