/** One thing that is wrong with what was sent: where (a JSON path such as `settings.jbh_time`) and what to change. */
export interface Problem {
  field: string
  message: string
}

/** The caller must change what was sent. */
export class InputError extends Error {
  override name = 'InputError'
  readonly problems: Problem[]
  constructor(message: string, problems: Problem[] = [], options?: ErrorOptions) {
    super(message, options)
    this.problems = problems
  }
}

/** There is no such thing, or it is not in the caller's workspace (the two are never told apart). */
export class NotFoundError extends Error {
  override name = 'NotFoundError'
}

/** Nobody is known by what was sent: no key, an unknown key, no session. */
export class UnauthorizedError extends Error {
  override name = 'UnauthorizedError'
}

/** The caller is known but may not do this; the message names the role that may. */
export class ForbiddenError extends Error {
  override name = 'ForbiddenError'
}

/** What was asked contradicts what is there. */
export class ConflictError extends Error {
  override name = 'ConflictError'
}

/** A part that two people changed at once: what it is now, and what was to become of it. */
export interface Disagreement {
  field: string
  theirs: unknown
  yours: unknown
}

/** Somebody else changed what the caller was about to change; nothing was overwritten. `revision` is what is there now. */
export class EditConflictError extends ConflictError {
  override name = 'EditConflictError'
  readonly conflicts: Disagreement[]
  readonly revision: number
  constructor(message: string, conflicts: Disagreement[], revision: number) {
    super(message)
    this.conflicts = conflicts
    this.revision = revision
  }
}

/** Something else (Zoom, the database) must recover first; `retryAfter` is seconds, when it is known. */
export class UnavailableError extends Error {
  override name = 'UnavailableError'
  readonly retryAfter: number | undefined
  constructor(message: string, retryAfter?: number, options?: ErrorOptions) {
    super(message, options)
    this.retryAfter = retryAfter
  }
}

/** The operator must change the configuration; `problems` lists everything that is wrong at once. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly problems: string[]
  constructor(problems: string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((p) => `  - ${p}`).join('\n')}`,
    )
    this.problems = problems
  }
}

/** A sentence for a person from anything that was thrown, without a stack trace. */
export const sentenceOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause instanceof Error && error.cause.message !== error.message ? `: ${error.cause.message}` : ''
  return `${error.message}${cause}`
}
