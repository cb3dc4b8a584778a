import { inspect } from 'node:util'

/**
 * A value that cannot be printed: not by JSON.stringify, template strings, console.log or pino.
 * `reveal()` is the one word an auditor searches for.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toJSON(): string {
    return '[secret]'
  }

  toString(): string {
    return '[secret]'
  }

  [inspect.custom](): string {
    return '[secret]'
  }
}
