import type { Holder, Lease } from '../../client.ts'
import type { Tone } from '../../components/State.tsx'
import { t } from '../../language.ts'

interface Word {
  word: string
  tone: Tone
  means?: string
}

export const keptWords: Record<NonNullable<Holder['kept']>, Word> = {
  protected: { word: t('Protected'), tone: 'good', means: t('By the rules above, or because Zoom does not allow it') },
  live: { word: t('In a meeting'), tone: 'live' },
  due: { word: t('Meeting soon'), tone: 'warn' },
  just_lent: { word: t('Lent just now'), tone: 'warn' },
}

export const leaseWords: Record<Lease['state'], Word> = {
  wanted: { word: t('Being lent'), tone: 'warn' },
  held: { word: t('Lent'), tone: 'good' },
  refused: { word: t('Refused'), tone: 'bad' },
  returned: { word: t('Given back'), tone: 'quiet' },
  passed_on: { word: t('Passed on'), tone: 'quiet', means: t('Somebody else needed it') },
  ended_at_zoom: { word: t('Taken at Zoom'), tone: 'quiet', means: t('Somebody changed the licence at Zoom') },
}

export const reasonWords: Record<Lease['reason'], string> = {
  plan: t('A meeting was planned'),
  due: t('A meeting begins soon'),
  join: t('The host came in'),
  hand: t('By hand'),
}
