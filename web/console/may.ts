import { useQuery } from '@tanstack/react-query'
import type { Role } from './api.d.ts'
import { queries } from './queries.ts'

const rank = { viewer: 0, operator: 1, admin: 2, owner: 3 } satisfies Record<Role, number>

export const reaches = (role: Role, least: Role): boolean => rank[role] >= rank[least]

/** Whether who is signed in has at least this role. The hub decides; this only keeps away buttons that it would refuse. */
export function useMay(role: Role): boolean {
  const { data } = useQuery(queries.me())
  return data !== undefined && reaches(data.role, role)
}
