import { hubWords, t } from '../../language.ts'
import { recurrenceInWords } from '../../recurrence.ts'
import { inZone } from '../../times.ts'
import type { OptionItem } from './body.ts'

/** A value of an option, as Zoom has it, in words; undefined when nobody knows. */
export function valueInWords(item: OptionItem | undefined, value: unknown, timezone = 'UTC'): string | undefined {
  if (value === undefined || value === null) return undefined
  const choice = item?.choices.find((each) => each.value === value)
  if (choice) return hubWords(choice.words)
  if (typeof value === 'boolean') return value ? t('on') : t('off')
  if (typeof value === 'object' && 'enable' in value) return value.enable === true ? t('on') : t('off')
  if (item?.type === 'recurrence' && typeof value === 'object')
    return recurrenceInWords({ ...value } as Record<string, unknown>, timezone)
  if (item?.type === 'time' && typeof value === 'string') return inZone(value, timezone)
  return typeof value === 'string' || typeof value === 'number' ? String(value) || t('nothing') : JSON.stringify(value)
}
