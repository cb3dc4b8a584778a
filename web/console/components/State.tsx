import { Tooltip } from '@mantine/core'
import classes from './State.module.css'

export type Tone = 'good' | 'live' | 'quiet' | 'warn' | 'bad'

/** One state in a word, with a coloured dot that only repeats what the word says. */
export function State({ word, tone, means }: { word: string; tone: Tone; means?: string | undefined }) {
  const state = (
    <span className={classes['state']} data-tone={tone} tabIndex={means ? 0 : undefined}>
      <span className={classes['dot']} aria-hidden="true" />
      {word}
    </span>
  )
  if (!means) return state
  return (
    <Tooltip label={means} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
      {state}
    </Tooltip>
  )
}
