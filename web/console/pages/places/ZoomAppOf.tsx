import { useQuery } from '@tanstack/react-query'
import type { Place } from '../../api.d.ts'
import { queries } from '../../queries.ts'
import { t } from '../../language.ts'

/** The Zoom app that a place works with. */
export function ZoomAppOf({ place }: { place: Place }) {
  const apps = useQuery(queries.zoomApps()).data?.items
  if (place.zoom_app_id === null) return t('The workspace’s')
  return apps?.find(({ id }) => id === place.zoom_app_id)?.name ?? '–'
}
