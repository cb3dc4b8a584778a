import { useQuery } from '@tanstack/react-query'
import type { ZoomApp } from '../../api.d.ts'
import type { NewMattermostServer } from '../../client.ts'
import { queries } from '../../queries.ts'

type Level = NewMattermostServer['level']

/** Which kinds of Zoom apps can do it. */
export const kindsFor: Record<Level, readonly ZoomApp['kind'][]> = {
  user: ['user_managed'],
  account: ['admin_managed', 'server_to_server'],
}

/** The workspace's apps that can. */
export function useFittingApps(level: Level): ZoomApp[] {
  const apps = useQuery(queries.zoomApps()).data?.items ?? []
  return apps.filter(({ kind }) => kindsFor[level].includes(kind))
}
