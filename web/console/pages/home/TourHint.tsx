import { Code } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Note } from '../../components/Notice.tsx'
import { queries } from '../../queries.ts'

/** In a Demo without a single meeting: how to see one from beginning to end. */
export function TourHint() {
  const any = useQuery(queries.anyMeeting()).data
  if (any === undefined || any.items.length > 0) return null
  return (
    <Note tone="hint" title="Try the tour">
      Press <Code>t</Code> in the terminal where Greenroom runs, or start it with <Code>npm start -- --tour</Code>: a
      meeting is scheduled, held in the Zoom simulator and counted, and this page shows it happening.
    </Note>
  )
}
