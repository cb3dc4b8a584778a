import { connectionsSealedWithout, countConnectionsSealedWithout, type ConnectionOfApp } from '#store/connections.ts'
import { zoomAppsSealedWithout } from '#store/zoom-apps.ts'
import type { Hub } from './hub.ts'

/** The names of Zoom apps whose secrets were sealed with an encryption key that is not here. They stay as they are. */
export const unreadableApps = (hub: Hub): Promise<string[]> => zoomAppsSealedWithout(hub.db, [...hub.keys.all.keys()])

/** The consents whose tokens were sealed with an encryption key that is not here: whoever gave them connects again. They stay as they are. */
export const unreadableConnections = (hub: Hub, workspace_id: string): Promise<ConnectionOfApp[]> =>
  connectionsSealedWithout(hub.db, workspace_id, [...hub.keys.all.keys()])

/** How many of those there are on the whole server. */
export const countSealedConsents = (hub: Hub): Promise<number> =>
  countConnectionsSealedWithout(hub.db, [...hub.keys.all.keys()])
