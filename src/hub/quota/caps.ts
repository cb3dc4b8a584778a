import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { AskedCall } from '#zoom/client.ts'

/** What Zoom lets be done only so often a day (in UTC) to one thing, beside what an account may ask. */
export interface Cap {
  /** Which thing: the one to whom a meeting belongs, or somebody who registers for one. */
  of: 'host' | 'registrant'
  most: number
  /** `POST /users/{userId}/meetings`, as documented. */
  calls: readonly string[]
  /** The rule in a sentence. */
  rule: string
}

/** https://developers.zoom.us/docs/api/rate-limits/ */
export const caps = {
  host: {
    of: 'host',
    most: 100,
    calls: [
      'POST /users/{userId}/meetings',
      'POST /users/{userId}/webinars',
      'PATCH /meetings/{meetingId}',
      'PATCH /webinars/{webinarId}',
    ],
    rule: 'Zoom allows 100 meetings and webinars a day to be made or changed for one host',
  },
  registration: {
    of: 'registrant',
    most: 3,
    calls: ['POST /meetings/{meetingId}/registrants', 'POST /webinars/{webinarId}/registrants'],
    rule: 'Zoom allows one person to be registered 3 times a day for one meeting',
  },
  registration_status: {
    of: 'registrant',
    most: 10,
    calls: ['PUT /meetings/{meetingId}/registrants/status', 'PUT /webinars/{webinarId}/registrants/status'],
    rule: 'Zoom allows one registration to be approved, denied or cancelled 10 times a day',
  },
} satisfies Record<string, Cap>

export type CapName = keyof typeof caps

/** The cap that a call counts against. */
export const capOf = ({ method, path }: Pick<AskedCall, 'method' | 'path'>): CapName | undefined =>
  names.find((name) => (caps[name] as Cap).calls.includes(`${method} ${path}`))

const names = Object.keys(caps) as CapName[]

/** Of whom a call about registrants speaks, one digest for each: whose address it is stays with Zoom. */
export function registrantsOf({ target, body }: Pick<AskedCall, 'target' | 'body'>): string[] {
  const { email, registrants } = named.parse(body ?? {})
  const people = [email, ...registrants.map((each) => each.email ?? each.id)].filter((each) => each !== undefined)
  const meeting = target.split('/')[2] ?? ''
  return [...new Set(people.map((each) => each.toLowerCase()))].map((each) =>
    createHash('sha256').update(`${meeting} ${each}`).digest('base64url'),
  )
}

const named = z.object({
  email: z.string().optional(),
  registrants: z.array(z.object({ id: z.string().optional(), email: z.string().optional() })).default([]),
})
