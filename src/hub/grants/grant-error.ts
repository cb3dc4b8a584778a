import { InputError } from '#core/errors.ts'

/**
 * A consent that came to nothing, and at which step: `exchange` (Zoom did not take the code), `user` (Zoom did not say who
 * consented) or `inactive` (the Zoom user may not work).
 */
export class GrantError extends InputError {
  override name = 'GrantError'
  readonly step: 'exchange' | 'user' | 'inactive'
  constructor(step: GrantError['step'], message: string, options?: ErrorOptions) {
    super(message, [], options)
    this.step = step
  }
}
