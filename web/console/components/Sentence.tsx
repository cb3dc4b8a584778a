import { Fragment, type ReactNode } from 'react'

/**
 * A translated sentence with something in it that is more than text: `<place>here</place>` in it becomes what `parts.place` makes of
 * "here". So a translator sees the whole sentence and puts the words where the language wants them.
 */
export function Sentence({ text, parts }: { text: string; parts: Record<string, (words: string) => ReactNode> }) {
  // The words of a part stand at every third place behind its name.
  const pieces = text.split(/<(\w+)>(.*?)<\/\1>/)
  const shown: ReactNode[] = []
  for (let at = 0; at < pieces.length; at += 3) {
    const [plain, name, words] = pieces.slice(at, at + 3)
    shown.push(
      <Fragment key={at}>
        {plain}
        {name !== undefined && (parts[name]?.(words ?? '') ?? words)}
      </Fragment>,
    )
  }
  return <>{shown}</>
}
