import type { Delivery } from '../../client.ts'
import type { Tone } from '../../components/State.tsx'
import { t } from '../../language.ts'

export const deliveryWords: Record<Delivery['state'], { word: string; tone: Tone }> = {
  waiting: { word: t('Waiting'), tone: 'warn' },
  delivered: { word: t('Delivered'), tone: 'good' },
  dead: { word: t('Given up'), tone: 'bad' },
}
