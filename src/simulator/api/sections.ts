import { invalidFields } from '#simulator/refusal.ts'
import type { Sections } from '#simulator/state.ts'
import type { ApiCall } from './call.ts'

/** A body of settings by section. @throws Refusal 300 that names what is no section. */
export function sectionsOf({ body }: ApiCall): Sections {
  const wrong = Object.entries(body).filter(([, section]) => typeof section !== 'object' || section === null)
  if (wrong.length > 0) throw invalidFields(wrong.map(([name]) => name))
  return body as Sections
}

/** What stood before where something was changed. */
export const sameKeys = (before: Sections, changes: Sections): Sections =>
  Object.fromEntries(
    Object.entries(changes).map(([name, section]) => [
      name,
      Object.fromEntries(Object.keys(section).map((key) => [key, before[name]?.[key]])),
    ]),
  )
