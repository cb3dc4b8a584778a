import type { Hub } from '#hub/hub.ts'

/** Where a meeting's page and what belongs to it are found. */
export interface Addresses {
  page: string
  state: string
  card: string
  calendar: string
  join: string
}

export const addressesOf = ({ publicUrl }: Pick<Hub, 'publicUrl'>, slug: string): Addresses => ({
  page: `${publicUrl}/m/${slug}`,
  state: `${publicUrl}/m/${slug}/state`,
  card: `${publicUrl}/embed/m/${slug}`,
  calendar: `${publicUrl}/m/${slug}/calendar.ics`,
  join: `${publicUrl}/m/${slug}/join`,
})
