import { z } from 'zod'
import { ConflictError, ForbiddenError, NotFoundError } from '#core/errors.ts'
import { joinInApp, joinInBrowser, mayComeIn, openDoor } from '#hub/door/door.ts'
import { Knocks } from '#hub/door/knocks.ts'
import { usePageToken } from '#hub/door/page-token.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply, Route, RouteRequest } from '#hub/integration.ts'
import { basePath } from '#hub/page/page.ts'
import { sameOrigin } from '#http/identity.ts'
import { doorPage } from './door-page.ts'
import { badTicket, closed } from './refusal-pages.ts'
import { roomPage } from './room-page.ts'
import { sdkFile } from './sdk-files.ts'
import { roomFile } from './room-files.ts'

// Everybody comes in here: https://…/j/{ticket}. The ticket is the credential, so there is no other sign-in; Zoom is never called.

type AtTicket = RouteRequest<{ ticket: string }>

const params = z.object({ ticket: z.string().max(200) })

/** What an address may ask for one meeting in a minute. */
const signaturesPerMinute = 20

const guestName = z.string().trim().max(64)

const signatureRequest = z.looseObject({
  page_token: z.string().max(400).default('').describe('Given out with the room’s page, good once'),
  name: guestName.optional().describe('A guest’s'),
})
type SignatureRequest = RouteRequest<{ ticket: string }, unknown, z.output<typeof signatureRequest>>

const signatureAnswer = z
  .object({
    signature: z.string(),
    meetingNumber: z.string(),
    userName: z.string(),
    userEmail: z.string(),
    passWord: z.string(),
    customerKey: z.string().describe('The pass’s public id'),
  })
  .describe('In the words of the Meeting SDK')

export const doorRoutes: Route[] = [
  {
    method: 'GET',
    path: '/j/:ticket',
    auth: 'public',
    problem: pageOfProblem,
    handle: async ({ params: { ticket } }: AtTicket, hub) => doorPage(hub, ticket, await openDoor(hub, ticket)),
  },
  {
    method: 'POST',
    path: '/j/:ticket/app',
    auth: 'public',
    rawBody: true,
    problem: pageOfProblem,
    async handle({ params: { ticket }, raw }: AtTicket, hub) {
      // The Door says why not, and when.
      if (!mayComeIn(await openDoor(hub, ticket))) return toTheDoor(hub, ticket)
      const name = guestName.catch('').parse(new URLSearchParams(Buffer.from(raw).toString('utf8')).get('name') ?? '')
      return { status: 303, headers: { location: await joinInApp(hub, ticket, name || undefined) } }
    },
  },
  {
    method: 'GET',
    path: '/j/:ticket/room',
    auth: 'public',
    problem: pageOfProblem,
    async handle({ params: { ticket } }: AtTicket, hub) {
      const at = await openDoor(hub, ticket)
      if (!mayComeIn(at) || !at.browser) return toTheDoor(hub, ticket)
      return roomPage(hub, ticket, at)
    },
  },
  {
    method: 'POST',
    path: '/j/:ticket/signature',
    auth: 'public',
    schema: {
      summary: 'What the Meeting SDK joins with, for the page of the room',
      tags: ['Door'],
      params,
      body: signatureRequest,
      response: { 200: signatureAnswer },
    },
    handle: signature,
  },
  { method: 'GET', path: '/room/:file', auth: 'public', handle: roomFile },
  { method: 'GET', path: '/room/sdk/:version/*', auth: 'public', handle: sdkFile },
]

const toTheDoor = (hub: Hub, ticket: string): Reply => ({
  status: 303,
  headers: { location: `${basePath(hub)}/j/${encodeURIComponent(ticket)}` },
})

const knocks = new Knocks()

async function signature({ params, body, headers, ip }: SignatureRequest, hub: Hub): Promise<Reply> {
  const { pass } = await openDoor(hub, params.ticket)
  if (!knocks.admit(`${ip} ${pass.meeting_id}`, signaturesPerMinute, hub.runtime.now())) return tooMany
  if (!sameOrigin(headers, hub.publicUrl)) throw new ForbiddenError('Only the room’s own page may ask for this')
  if ('role' in body && body['role'] !== 0)
    throw new ForbiddenError('The role follows from the ticket, not from a request')
  await usePageToken(hub, pass.id, body.page_token)
  return { status: 200, body: await joinInBrowser(hub, params.ticket, body.name || undefined) }
}

const tooMany: Reply = {
  status: 429,
  headers: { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '60' },
  body: {
    type: 'urn:greenroom:problem:too-many',
    title: 'Too many at once',
    status: 429,
    detail: `At most ${signaturesPerMinute} joins a minute come from one address into one meeting. Try again in a minute.`,
  },
}

function pageOfProblem(error: unknown, hub: Hub): Reply | undefined {
  if (error instanceof NotFoundError) return badTicket(hub)
  if (error instanceof ConflictError) return closed(hub, error.message)
  return undefined
}
