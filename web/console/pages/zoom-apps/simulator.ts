import type { ZoomApp } from '../../api.d.ts'

/** A Zoom on this very machine is the simulator. */
export const isSimulator = (app: ZoomApp): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(app.api_base).hostname)
