import { hubWords, staysEnglish } from '../language.ts'
import { withOwnTimes } from '../times.ts'

/** What the hub said, in the reader's language and with the reader's times; what cannot be translated is marked as English. */
export function HubWords({ of }: { of: string }) {
  const words = withOwnTimes(hubWords(of))
  return staysEnglish(of) ? <span lang="en">{words}</span> : words
}
