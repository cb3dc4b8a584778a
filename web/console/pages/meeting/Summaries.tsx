import { Anchor } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import Markdown from 'markdown-to-jsx/react'
import { Link } from 'react-router'
import type { Meeting, Summary } from '../../api.d.ts'
import { Instant } from '../../components/Instant.tsx'
import { Listing, More } from '../../components/Listing.tsx'
import { Panel } from '../../components/Panel.tsx'
import { State } from '../../components/State.tsx'
import { t } from '../../language.ts'
import { paths } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { recordingWords } from '../../words.ts'
import classes from './Summaries.module.css'

/** What AI Companion wrote about the runs of a meeting, the newest first. */
export function Summaries({ meeting }: { meeting: Meeting }) {
  const summaries = useInfiniteQuery(queries.summaries(meeting.id))
  return (
    <div className={classes['stack']}>
      <Listing answer={summaries} lines={8}>
        {({ pages }) =>
          pages.flatMap(({ items }) => items).map((each) => <One key={each.id} meeting={meeting} summary={each} />)
        }
      </Listing>
      <More answer={summaries} />
    </div>
  )
}

function One({ meeting, summary }: { meeting: Meeting; summary: Summary }) {
  const { title, content, doc_url, state, uuid, created_at } = summary
  return (
    <Panel title={title || t('Summary')} note={<Instant at={created_at} zone={meeting.timezone} />} padded>
      <div className={classes['links']}>
        {state !== 'ready' && <State {...recordingWords[state]} />}
        <Anchor component={Link} to={`${paths.meeting(meeting.id)}?session=${encodeURIComponent(uuid)}`} size="sm">
          {t('Its session')}
        </Anchor>
        {doc_url && (
          <Anchor href={doc_url} target="_blank" rel="noreferrer" size="sm">
            {t('Open at Zoom')}
          </Anchor>
        )}
      </div>
      {content !== null && (
        <div className={classes['text']} dir="auto">
          <Markdown options={options}>{withoutTitle(content, title)}</Markdown>
        </div>
      )}
    </Panel>
  )
}

/** Zoom's text begins with the title, which stands above it. */
function withoutTitle(content: string, title: string): string {
  const [first = '', ...rest] = content.split('\n')
  return first.replace(/^#+ */, '').trim() === title ? rest.join('\n').trimStart() : content
}

/** What somebody said in a meeting is text: it brings neither HTML nor pictures, and its headings stand below the title. */
const options = {
  disableParsingRawHTML: true,
  forceBlock: true,
  overrides: {
    h1: { component: 'h3' },
    h2: { component: 'h3' },
    h3: { component: 'h3' },
    h4: { component: 'h3' },
    h5: { component: 'h3' },
    h6: { component: 'h3' },
    a: { props: { target: '_blank', rel: 'noreferrer' } },
    img: { component: () => null },
  },
} as const
