import type { ComponentType } from 'react'
import type { Place, Placement } from '../api.d.ts'
import type { IconName } from '../components/Icon.tsx'

/** What the console knows of one kind of place; the hub calls it the place's `integration`. */
export interface Kind {
  word: string
  icon: IconName
  /** What a meeting is there, for whoever has to choose. */
  says: string
  /** What is known of one such place beyond its name. */
  About?: ComponentType<{ place: Place }>
  /** What may be changed of a meeting that is there, or how it is taken away. */
  Change?: ComponentType<{ placement: Placement }>
  /** How it is removed, where the host system has to be tidied up, too. */
  remove?: (place_id: string) => Promise<unknown>
  /** Connects such a place. */
  Add: ComponentType<AddProps>
  /** How a meeting gets there: put from here, or taken on the other side. */
  put: Putting | { elsewhere: string }
}

export interface AddProps {
  /** It is there now, and so is its page. */
  onAdded: (place_id: string) => void
}

/** The fields that say where in the place, and what the hub is asked with them. */
export interface Putting {
  action: string
  /** As the hub names them when it refuses one. */
  fields: readonly string[]
  Fields: ComponentType<{ error: Error | null }>
  target: (form: FormData) => Record<string, unknown>
}
