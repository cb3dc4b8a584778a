import { z } from 'zod'
import { ConflictError, ForbiddenError, NotFoundError } from '#core/errors.ts'
import { joinInApp, joinInBrowser, mayComeIn, openDoor, type AtTheDoor } from '#hub/door/door.ts'
import { Knocks } from '#hub/door/knocks.ts'
import { reportJoin } from '#hub/door/join-report.ts'
import { usePageToken } from '#hub/door/page-token.ts'
import { ownTicket } from '#hub/door/ticket.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply, Route, RouteRequest } from '#hub/integration.ts'
import { basePath } from '#hub/page/page.ts'
import { sameOrigin } from '#http/identity.ts'
import { doorPage } from './door-page.ts'
import { badTicket, closed } from './refusal-pages.ts'
import { roomCookie, roomPath, ticketOf } from './room-cookie.ts'
import { roomPage } from './room-page.ts'
import { sdkFile } from './sdk-files.ts'
import { roomFile } from './room-files.ts'

// Everybody comes in here: https://…/j/{ticket}. The ticket is the credential, so there is no other sign-in; Zoom is never called.

type AtTicket = RouteRequest<{ ticket: string }>
type InRoom = RouteRequest<{ pass_id: string }>

const params = z.object({ pass_id: z.string().max(36) })

/** What an address may ask with one ticket in a minute: a whole classroom may share an address, each with their own. */
const signaturesPerMinute = 20

/** Guests of one meeting who come from one address in a minute: a large school behind one address, not a flood. */
const guestsPerMinute = 300

/** NUL is no text for PostgreSQL, and nobody’s name. */
const guestName = z
  .string()
  .transform((text) => text.replaceAll('\0', '').trim())
  .pipe(z.string().max(64))

const signatureRequest = z.looseObject({
  page_token: z.string().max(400).default('').describe('Given out with the room’s page, good once'),
  name: guestName.optional().describe('A guest’s'),
})
type SignatureRequest = RouteRequest<{ pass_id: string }, unknown, z.output<typeof signatureRequest>>

const outcomeRequest = z.object({
  report_token: z.string().max(400),
  outcome: z.discriminatedUnion('joined', [
    z.object({ joined: z.literal(true) }),
    z.object({ joined: z.literal(false), errorCode: z.number().int(), errorMessage: z.string().max(300) }),
  ]),
})
type OutcomeRequest = RouteRequest<{ pass_id: string }, unknown, z.output<typeof outcomeRequest>>

const signatureAnswer = z
  .object({
    signature: z.string(),
    meetingNumber: z.string(),
    userName: z.string(),
    userEmail: z.string(),
    passWord: z.string(),
    customerKey: z.string().describe('The pass’s public id'),
    report_token: z.string().describe('Brought along to …/outcome'),
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
    async handle({ params: { ticket }, ip }: AtTicket, hub) {
      const at = await openDoor(hub, ticket)
      if (!mayComeIn(at) || !at.browser.ready) return toTheDoor(hub, ticket)
      return at.pass.shared ? toOwnRoom(hub, at, ip) : toTheRoom(hub, at.pass.id, ticket)
    },
  },
  {
    method: 'GET',
    path: '/in/:pass_id',
    auth: 'public',
    problem: pageOfProblem,
    async handle(request: InRoom, hub) {
      const { ticket, ...at } = await inRoom(hub, request)
      return mayComeIn(at) && at.browser.ready ? roomPage(hub, at) : toTheDoor(hub, ticket)
    },
  },
  {
    method: 'GET',
    path: '/in/:pass_id/door',
    auth: 'public',
    problem: pageOfProblem,
    handle: async (request: InRoom, hub) => toTheDoor(hub, (await inRoom(hub, request)).ticket),
  },
  {
    method: 'POST',
    path: '/in/:pass_id/signature',
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
  {
    method: 'POST',
    path: '/in/:pass_id/outcome',
    auth: 'public',
    schema: {
      summary: 'What the Meeting SDK said of the join, from the page of the room',
      tags: ['Door'],
      params,
      body: outcomeRequest,
      response: { 204: z.undefined().describe('Done') },
    },
    handle: outcome,
  },
  { method: 'GET', path: '/room/:file', auth: 'public', handle: roomFile },
  { method: 'GET', path: '/room/sdk/:version/*', auth: 'public', handle: sdkFile },
]

const toTheDoor = (hub: Hub, ticket: string): Reply => ({
  status: 303,
  headers: { location: `${basePath(hub)}/j/${encodeURIComponent(ticket)}` },
})

/** Of a link that many hold everybody gets a ticket of their own, and keeps it when the page is loaded again. */
async function toOwnRoom(hub: Hub, { pass }: AtTheDoor, ip: string): Promise<Reply> {
  if (!knocks.admit(`${ip} ${pass.meeting_id}`, guestsPerMinute, hub.runtime.now())) return tooMany
  const { ticket, pass_id } = await ownTicket(hub, pass)
  return toTheRoom(hub, pass_id, ticket)
}

const toTheRoom = (hub: Hub, pass_id: string, ticket: string): Reply => ({
  status: 303,
  headers: { location: roomPath(hub, pass_id), 'set-cookie': roomCookie(hub, pass_id, ticket) },
})

/** Who came through the Door into this room. @throws NotFoundError for anybody else */
async function inRoom(
  hub: Hub,
  { params: { pass_id }, headers }: Pick<InRoom, 'params' | 'headers'>,
): Promise<AtTheDoor & { ticket: string }> {
  const ticket = ticketOf(headers, pass_id) ?? ''
  const at = await openDoor(hub, ticket)
  if (at.pass.id !== pass_id) throw new NotFoundError('This ticket is for another room')
  return { ...at, ticket }
}

const knocks = new Knocks()

async function signature({ params, body, headers, ip }: SignatureRequest, hub: Hub): Promise<Reply> {
  const { pass, ticket } = await inRoom(hub, { params, headers })
  if (!knocks.admit(`${ip} ${pass.id}`, signaturesPerMinute, hub.runtime.now())) return tooMany
  if (!sameOrigin(headers, hub.publicUrl)) throw new ForbiddenError('Only the room’s own page may ask for this')
  if ('role' in body && body['role'] !== 0)
    throw new ForbiddenError('The role follows from the ticket, not from a request')
  await usePageToken(hub, pass.id, body.page_token)
  return { status: 200, body: await joinInBrowser(hub, ticket, body.name || undefined) }
}

async function outcome({ params, body, headers, ip }: OutcomeRequest, hub: Hub): Promise<Reply> {
  const { pass } = await inRoom(hub, { params, headers })
  if (!knocks.admit(`${ip} ${pass.id} outcome`, signaturesPerMinute, hub.runtime.now())) return tooMany
  if (!sameOrigin(headers, hub.publicUrl)) throw new ForbiddenError('Only the room’s own page may tell this')
  await reportJoin(hub, pass.id, body.report_token, body.outcome)
  return { status: 204 }
}

const tooMany: Reply = {
  status: 429,
  headers: { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '60' },
  body: {
    type: 'urn:greenroom:problem:too-many',
    title: 'Too many at once',
    status: 429,
    detail: 'So many joins a minute do not come from one address. Try again in a minute.',
  },
}

function pageOfProblem(error: unknown, hub: Hub): Reply | undefined {
  if (error instanceof NotFoundError) return badTicket(hub)
  if (error instanceof ConflictError) return closed(hub, error.message)
  return undefined
}
