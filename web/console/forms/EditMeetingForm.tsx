import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Meeting, MeetingChange } from '../api.d.ts'
import { api, Problem } from '../client.ts'
import { useTold } from '../components/FormDrawer.tsx'
import { Note, Trouble } from '../components/Notice.tsx'
import { t } from '../language.ts'
import { errorAt, errorBeside } from './fields.ts'
import { AgendaField } from './meeting/AgendaField.tsx'
import { basics, type Chosen } from './meeting/body.ts'
import { changeOf, currentOf, whenOf, withoutConflicts } from './meeting/changes.ts'
import { Conflict } from './meeting/Conflict.tsx'
import classes from './meeting/MeetingForm.module.css'
import { LeftOut } from './meeting/LeftOut.tsx'
import { Options } from './meeting/Options.tsx'
import { PersonField } from './meeting/PersonFields.tsx'
import { PlanFields } from './meeting/PlanFields.tsx'
import { useHostOptions } from './meeting/useHostOptions.ts'
import { useShown } from './meeting/useShown.ts'

interface EditMeetingFormProps {
  meeting: Meeting
  onSaved: () => void
  onChanged: (changed: boolean) => void
}

/**
 * Changes a meeting. Only what was touched is sent, together with the revision that was read: what somebody else changed meanwhile is
 * shown beside it, and not overwritten.
 */
export function EditMeetingForm({ meeting: opened, onSaved, onChanged }: EditMeetingFormProps) {
  const queryClient = useQueryClient()
  // What the form was opened with: the page behind it goes on being renewed.
  const [base, setBase] = useState(opened)
  const [when, setWhen] = useState(() => whenOf(opened))
  const [chosen, setChosen] = useState<Chosen>({})
  const set = (id: string, value: unknown) => setChosen((before) => ({ ...before, [id]: value }))
  const options = useHostOptions(base.host_id || undefined)
  const items = options?.items.filter((item) => item.kinds.includes(base.kind)) ?? []
  const save = useMutation({
    mutationFn: ({ body, revision }: { body: MeetingChange; revision: number }) =>
      api.updateMeeting(base.id, body, revision),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: ['meetings'] })
      if (saved.left_out.length === 0) onSaved()
    },
  })
  const form = useShown(save.error)
  const change = changeOf(base, when, chosen, items)
  const nothing = Object.keys(change).length === 0
  useTold(!nothing && !save.data, onChanged)
  const conflict = save.error instanceof Problem && save.error.conflicts.length > 0 ? save.error : undefined
  const beside = conflict
    ? null
    : errorBeside(
        save.error,
        [...basics, ...items].map(({ id }) => id),
      )

  const takeTheirs = useMutation({
    mutationFn: () => api.meeting(base.id),
    onSuccess: (now) => {
      const theirs = new Set(conflict?.conflicts.map(({ field }) => field))
      setBase(now)
      setWhen((before) => withoutConflicts(before, whenOf(now), theirs))
      setChosen((before) => Object.fromEntries(Object.entries(before).filter(([id]) => !theirs.has(id))))
      save.reset()
    },
  })

  if (save.data && save.data.left_out.length > 0) return <LeftOut meeting={save.data} host={options} onSeen={onSaved} />
  return (
    <form
      ref={form}
      onSubmit={(submit) => {
        submit.preventDefault()
        save.mutate({ body: change, revision: base.revision })
      }}
    >
      <Stack gap="md">
        {conflict && (
          <Conflict
            problem={conflict}
            host={options}
            meeting={base}
            pending={save.isPending}
            takesTheirs={takeTheirs.isPending}
            onTheirs={() => takeTheirs.mutate()}
            onYours={() => save.mutate({ body: change, revision: conflict.revision ?? base.revision })}
          />
        )}
        {conflict && takeTheirs.error && <Trouble error={takeTheirs.error} />}
        <TextInput
          label={t('Topic')}
          required
          maxLength={200}
          data-autofocus
          value={textOf(chosen['topic'], base.topic)}
          onChange={(typed) => set('topic', typed.currentTarget.value)}
          error={errorAt(save.error, 'topic')}
        />
        <PlanFields value={when} onChange={setWhen} error={save.error} isNew={false} options={options} />
        {base.recurrence && 'recurrence' in change && (
          <Note tone="warn" title={t('The dates to come are made anew')}>
            {t('Single occurrences that were moved or cancelled are planned again.')}
          </Note>
        )}
        <AgendaField
          item={items.find(({ id }) => id === 'agenda')}
          value={textOf(chosen['agenda'], base.agenda ?? '')}
          onChange={(agenda) => set('agenda', agenda)}
          error={errorAt(save.error, 'agenda')}
        />
        {options && (
          <Options
            host={options}
            kind={base.kind}
            chosen={chosen}
            current={currentOf(base, items)}
            onChange={set}
            error={save.error}
            scheduleFor={
              <PersonField
                label={t('Hand over to another host')}
                description={t('They must have given {{email}} the scheduling privilege at Zoom', {
                  email: base.host_email ?? '',
                })}
                value={textOf(chosen['schedule_for'], '')}
                onChange={(email) => set('schedule_for', email.trim() || undefined)}
                error={errorAt(save.error, 'schedule_for')}
              />
            }
          />
        )}
        {beside && <Trouble error={beside} />}
        <div className={classes['actions']}>
          <Button type="submit" loading={save.isPending} disabled={nothing}>
            {t('Save changes')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}

const textOf = (chosen: unknown, base: string): string => (typeof chosen === 'string' ? chosen : base)
