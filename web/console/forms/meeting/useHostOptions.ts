import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { HostOptions } from '../../api.d.ts'
import { api } from '../../client.ts'
import { queries } from '../../queries.ts'

/**
 * What the hub knows of a host's options; of a host whom it does not know, what there is. Where that is too old it is asked to read
 * them from Zoom, once; meanwhile what is known stands there, and no option is said to be impossible without reason.
 */
export function useHostOptions(zoom_user_id: string | undefined): HostOptions | undefined {
  const asked = useRef(new Set<string>())
  const { data } = useQuery(queries.meetingOptions(zoom_user_id))
  useEffect(() => {
    if (!data?.zoom_user_id || data.fresh || asked.current.has(data.zoom_user_id)) return
    asked.current.add(data.zoom_user_id)
    // A refusal is no reason to keep anybody from planning: then the defaults are not shown.
    void api.refreshMeetingOptions(data.zoom_user_id).catch(() => {})
  }, [data])
  return data
}
