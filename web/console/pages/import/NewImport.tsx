import { Button, Code, FileButton, Stack, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api } from '../../client.ts'
import { Trouble } from '../../components/Notice.tsx'
import { errorAt, errorBeside } from '../../forms/fields.ts'
import { t } from '../../language.ts'
import { paths } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { formatOf, textOf } from './read-list.ts'
import classes from './Import.module.css'

const example = `topic,host,start_time,timezone,duration
Algebra I,ada@school.example,2027-03-31 14:30,Europe/Berlin,45`

/** A list, pasted or out of a file. It is tried at once; nothing happens at Zoom by that. */
export function NewImport() {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [content, setContent] = useState('')
  const begin = useMutation({
    mutationFn: () => api.importMeetings({ content, format: formatOf(content) }),
    onSuccess: (begun) => {
      queryClient.setQueryData(queries.meetingImport(begun.id).queryKey, begun)
      void navigate(paths.meeting_import(begun.id))
    },
  })
  const open = useMutation({ mutationFn: textOf, onSuccess: setContent })
  const beside = errorBeside(begin.error, ['content'])
  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault()
        begin.mutate()
      }}
    >
      <Stack gap="md">
        <Textarea
          label={t('Meeting IDs or CSV')}
          description={t('One ID on each line; or a spreadsheet as CSV, whose first line names the columns')}
          rows={10}
          required
          spellCheck={false}
          value={content}
          onChange={({ currentTarget: { value } }) => setContent(value)}
          error={errorAt(begin.error, 'content')}
          classNames={{ input: classes['list'] ?? '' }}
        />
        {open.error && <Trouble error={open.error} />}
        {beside && <Trouble error={beside} />}
        <div className={classes['bar']}>
          <Button type="submit" loading={begin.isPending}>
            {t('Try first')}
          </Button>
          <FileButton accept=".csv,.txt,.tsv,text/csv,text/plain" onChange={(file) => file && open.mutate(file)}>
            {(button) => (
              <Button variant="default" loading={open.isPending} {...button}>
                {t('Choose a file')}
              </Button>
            )}
          </FileButton>
          <span className={classes['message']}>{t('Says what would become of each row; nothing is done at Zoom')}</span>
        </div>
        <details>
          <summary className={classes['summary']}>{t('How a CSV looks')}</summary>
          <Stack gap="xs" mt="xs">
            <Code block className={classes['example'] ?? ''}>
              {example}
            </Code>
            <p className={classes['message']}>
              {t(
                'A row with meeting_id is of a meeting that exists at Zoom; the others are made. Beside these columns there are kind (meeting or webinar), passcode, agenda, place_id with target.… (where in the place), and settings.… for every option.',
              )}
            </p>
          </Stack>
        </details>
      </Stack>
    </form>
  )
}
