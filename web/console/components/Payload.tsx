import { CopyButton } from './Copy.tsx'
import classes from './Payload.module.css'
import { t } from '../language.ts'

/** JSON as Zoom sent it, set out to be read. */
export function Payload({ value }: { value: unknown }) {
  const text = JSON.stringify(value, null, 2)
  return (
    <div className={classes['payload']}>
      <div className={classes['bar']}>
        <CopyButton label={t('Copy JSON')} size="xs" value={text} />
      </div>
      {/* Scrolled by keyboard, too: hence the tab stop and the name. */}
      <pre className={classes['text']} tabIndex={0} role="region" aria-label={t('Payload')}>
        {pieces(text).map(({ kind, text: piece }, index) => (
          <span key={index} className={kind && classes[kind]}>
            {piece}
          </span>
        ))}
      </pre>
    </div>
  )
}

interface Piece {
  kind?: 'key' | 'value'
  text: string
}

/** Cuts pretty-printed JSON into keys, values and what stands between. */
function pieces(text: string): Piece[] {
  const found: Piece[] = []
  let end = 0
  for (const match of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d[\d.eE+-]*/g)) {
    found.push({ text: text.slice(end, match.index) })
    const key = match[2] !== undefined
    found.push({ kind: key ? 'key' : 'value', text: (key ? match[1] : match[0]) ?? '' })
    end = match.index + (key ? (match[1]?.length ?? 0) : match[0].length)
  }
  return [...found, { text: text.slice(end) }]
}
