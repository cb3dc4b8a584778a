import { z } from 'zod'
import { ConflictError, NotFoundError } from '#core/errors.ts'
import { Knocks } from '#hub/door/knocks.ts'
import { issueTicket } from '#hub/door/ticket.ts'
import { brandOf } from '#hub/brand.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply, Route, RouteRequest } from '#hub/integration.ts'
import { basePath } from '#hub/page/page.ts'
import { calendarFile } from './calendar.ts'
import { card, cards } from './card.ts'
import { listPage } from './list-page.ts'
import { meetingPage } from './meeting-page.ts'
import { oembed, type Wanted } from './oembed.ts'
import { noPage, tooMany, tooSoon } from './refusal-pages.ts'
import { shownAt, shownIn } from './shown.ts'
import { mayJoin } from './words.ts'

// What anybody may ask, and robots do: rows are read, Zoom is not asked, nothing is written but a guest's ticket on a POST.

type AtSlug = RouteRequest<{ slug: string }>

/** How many tickets an address may take for one meeting in a minute; a school's network is one address. */
const ticketsPerMinute = 120

/** A guest's ticket ends with the day, not with the click: the meeting may be joined again. */
const ticketLasts_ms = 24 * 3_600_000

export function publicRoutes(): Route[] {
  const knocks = new Knocks()
  const get = (
    path: string,
    handle: (request: AtSlug, hub: Hub) => Promise<Reply>,
    more: Partial<Route> = {},
  ): Route => ({
    method: 'GET',
    path,
    auth: 'public',
    problem: pageOfProblem,
    handle,
    ...more,
  })
  return [
    get('/m/:slug', async ({ params }, hub) => {
      const { page, shown } = await shownAt(hub, params.slug)
      return meetingPage(hub, shown, hub.runtime.now(), await brandOf(hub, page.workspace_id))
    }),
    get('/m/:slug/state', state, { problem: () => undefined }),
    get('/m/:slug/calendar.ics', async ({ params }, hub) => {
      const { shown } = await shownAt(hub, params.slug)
      return calendarReply(params.slug, calendarFile(hub, shown.topic, [shown]))
    }),
    get('/m/:slug/join', async ({ params }, hub) => seeOther(`${basePath(hub)}/m/${encodeURIComponent(params.slug)}`)),
    {
      method: 'POST',
      path: '/m/:slug/join',
      auth: 'public',
      rawBody: true,
      problem: pageOfProblem,
      handle: (request: AtSlug, hub) => join(request, hub, knocks),
    },
    get('/g/:slug', async ({ params }, hub) => {
      const { list, items } = await shownIn(hub, params.slug)
      return listPage(hub, list, items)
    }),
    get('/g/:slug/calendar.ics', async ({ params }, hub) => {
      const { list, items } = await shownIn(hub, params.slug)
      return calendarReply(params.slug, calendarFile(hub, list.title, items))
    }),
    get('/embed/m/:slug', async ({ params }, hub) => card(hub, (await shownAt(hub, params.slug)).shown), {
      frame: true,
    }),
    get(
      '/embed/g/:slug',
      async ({ params }, hub) => {
        const { list, items } = await shownIn(hub, params.slug)
        return cards(hub, list.title, items)
      },
      { frame: true },
    ),
    {
      method: 'GET',
      path: '/oembed',
      auth: 'public',
      schema: {
        summary: 'The card of a page, for editors that embed (oEmbed 1.0)',
        tags: ['Web site'],
        query: oembedQuery,
        response: { 200: z.record(z.string(), z.unknown()), 501: z.record(z.string(), z.unknown()) },
      },
      handle: async ({ query }: RouteRequest<unknown, z.output<typeof oembedQuery>>, hub) =>
        query.format === 'json'
          ? open(await oembed(hub, wanted(query)))
          : { ...open({ error: onlyJson }), status: 501 },
    },
  ]
}

const onlyJson = 'Only format=json is spoken here.'

// WordPress adds dnt=1, others add more: what is not known is no fault.
const oembedQuery = z.object({
  url: z.string().max(2000),
  format: z.string().max(20).default('json'),
  maxwidth: z.coerce.number().int().positive().optional().catch(undefined),
  maxheight: z.coerce.number().int().positive().optional().catch(undefined),
})

const wanted = ({ url, maxwidth, maxheight }: z.output<typeof oembedQuery>): Wanted => ({ url, maxwidth, maxheight })

/** Frames of an opaque origin, and editors anywhere, may read it: it is what everybody sees. */
const open = (body: unknown): Reply => ({
  status: 200,
  headers: { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' },
  body,
})

/** What the page would show now; 410 once there is no meeting any more. */
async function state({ params }: AtSlug, hub: Hub): Promise<Reply> {
  const { shown } = await shownAt(hub, params.slug)
  const { phase, start, end, opens_at } = shown.phase
  const told = open({ phase, start, end, opens_at, version: shown.version })
  return phase === 'cancelled' ? { ...told, status: 410 } : told
}

/** A guest's ticket for the Door, which asks for the rest. */
async function join({ params, raw, ip }: AtSlug, hub: Hub, knocks: Knocks): Promise<Reply> {
  const { page, shown } = await shownAt(hub, params.slug)
  const now = hub.runtime.now()
  if (!knocks.admit(`${ip} ${params.slug}`, ticketsPerMinute, now)) return tooMany(hub)
  if (!mayJoin(shown.phase)) throw new ConflictError('The doors of this meeting are closed')
  const { ticket } = await issueTicket(hub, {
    workspace_id: page.workspace_id,
    meeting_id: page.meeting_id,
    placement_id: page.placement_id,
    role: 'guest',
    expires_at: new Date(now + ticketLasts_ms),
  })
  const chosen = new URLSearchParams(Buffer.from(raw).toString('utf8')).get('in')
  return seeOther(`${basePath(hub)}/j/${ticket}${chosen === 'browser' || chosen === 'app' ? `#${chosen}` : ''}`)
}

const seeOther = (location: string): Reply => ({ status: 303, headers: { location } })

const calendarReply = (name: string, body: string): Reply => ({
  status: 200,
  headers: {
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': `inline; filename="${name}.ics"`,
    'access-control-allow-origin': '*',
  },
  body,
})

function pageOfProblem(error: unknown, hub: Hub): Reply | undefined {
  if (error instanceof NotFoundError) return noPage(hub)
  if (error instanceof ConflictError) return tooSoon(hub, error.message)
  return undefined
}
