import { Progress } from '@mantine/core'

interface HowFarProps {
  /** How far it is, as a sentence. */
  said: string
  /** What the bar is about. */
  label: string
  done: number
  of: number
  atWork: boolean
}

/** How far something is that runs in the background, with a bar while it does. */
export function HowFar({ said, label, done, of, atWork }: HowFarProps) {
  return (
    <>
      <p role="status" style={{ margin: 0 }}>
        {said}
      </p>
      {atWork && <Progress value={(100 * done) / Math.max(1, of)} aria-label={label} />}
    </>
  )
}
