import type { Role } from '#store/db.ts'

/** The higher may do what the lower may. */
export const rank = { viewer: 0, operator: 1, admin: 2, owner: 3 } as const satisfies Record<Role, number>

/** Nobody makes others mightier than they are themselves. */
export const mayGive = (own: Role, given: Role): boolean => rank[own] >= rank[given]
