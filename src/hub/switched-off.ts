import { ConflictError } from '#core/errors.ts'
import type { ZoomAppRow } from '#store/zoom-apps.ts'

/** An administrator has switched the app off: nothing is asked of Zoom through it, and a job waits until it is on again. */
export class SwitchedOffError extends ConflictError {
  override name = 'SwitchedOffError'
  readonly connection_id: string
  constructor(app: Pick<ZoomAppRow, 'name'>, connection_id: string) {
    super(switchedOff(app))
    this.connection_id = connection_id
  }
}

/** @throws ConflictError that says who switches it on. */
export function mustBeOn(app: Pick<ZoomAppRow, 'name' | 'state'>): void {
  if (app.state === 'off') throw new ConflictError(switchedOff(app))
}

export const switchedOff = ({ name }: Pick<ZoomAppRow, 'name'>): string =>
  `The Zoom app ${name} is switched off. An administrator of the workspace switches it on under “Settings”, “Zoom apps”`
