import { t } from '../../language.ts'

/** By Zoom's `type` of a user. */
export const licenceWords = {
  1: t('Basic'),
  2: t('Licensed'),
  4: t('Without meetings'),
  99: t('None yet'),
} as const satisfies Record<number, string>
