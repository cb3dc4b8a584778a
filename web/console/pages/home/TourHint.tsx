import { Code } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Note } from '../../components/Notice.tsx'
import { queries } from '../../queries.ts'
import { Sentence } from '../../components/Sentence.tsx'
import { t } from '../../language.ts'

/** In a Demo without a single meeting: how to see one from beginning to end. */
export function TourHint() {
  const any = useQuery(queries.anyMeeting()).data
  if (any === undefined || any.items.length > 0) return null
  return (
    <Note tone="hint" title={t('Try the tour')}>
      <Sentence
        text={t(
          'Press <code>t</code> in the terminal where Greenroom runs, or start it with <code>npm start -- --tour</code>: a meeting is scheduled, held in the Zoom simulator and counted, and this page shows it happening.',
        )}
        parts={{ code: (words) => <Code>{words}</Code> }}
      />
    </Note>
  )
}
