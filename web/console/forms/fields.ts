import { Problem } from '../client.ts'

/** What was typed into a named field, without the space around it; '' when nothing was. */
export function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

/** What the hub said about this field, or anything inside it. */
export function errorAt(error: Error | null, field: string): string | undefined {
  if (!(error instanceof Problem)) return undefined
  return error.errors.find((said) => said.field === field || said.field.startsWith(`${field}.`))?.message
}

/** The error as a whole, unless every part of it already stands at one of these fields. */
export function errorBeside(error: Error | null, fields: readonly string[]): Error | null {
  if (!(error instanceof Problem) || error.errors.length === 0) return error
  const elsewhere = error.errors.filter(
    (said) => !fields.some((field) => said.field === field || said.field.startsWith(`${field}.`)),
  )
  if (elsewhere.length === 0) return null
  const detail = elsewhere.map((said) => `${said.field}: ${said.message}`).join('; ')
  return new Problem({ status: error.status, title: error.title, detail })
}
