import { zoomAppsSealedWithout } from '#store/zoom-apps.ts'
import type { Hub } from './hub.ts'

/** The names of Zoom apps whose secrets were sealed with an encryption key that is not here. They stay as they are. */
export const unreadableApps = (hub: Hub): Promise<string[]> => zoomAppsSealedWithout(hub.db, [...hub.keys.all.keys()])
