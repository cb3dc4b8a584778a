import { z } from 'zod'
import { allow, ConsentRefused, readConsent } from '#simulator/consent/consent.ts'
import { deauthorize, deauthorizeAsBefore } from '#simulator/deauthorization.ts'
import { allScopes, newApp } from '#simulator/seed.ts'
import type { App, Subscription, World } from '#simulator/state.ts'
import { addSubscription, mostSubscriptions, validateUrl } from '#simulator/subscriptions.ts'
import { mustFind } from './people.ts'
import { ControlError, created, ok, route } from './route.ts'

const changes = z.strictObject({
  name: z.string().optional(),
  client_secret: z.string().min(1).optional(),
  secret_token: z.string().min(1).optional().describe('Signs the webhooks of the app'),
  approved: z
    .boolean()
    .optional()
    .describe("false: the account's admin has withdrawn approval; what is held stops working until it is given again"),
  activated: z.boolean().optional().describe('false: no tokens, no events'),
  scope_family: z.enum(['granular', 'classic']).optional(),
  scopes: z.array(z.string()).optional().describe('All of the kind and family unless given'),
  meeting_sdk: z.boolean().optional().describe('General Apps alone can have it'),
  redirect_uris: z.array(z.url()).optional().describe('Exact; an empty list means any loopback address'),
  account_id: z
    .string()
    .min(1)
    .optional()
    .describe('Another account than sim-account: all meetings are outside its own'),
  published: z.boolean().optional().describe('false: for users and meetings of its own account alone'),
  public_client: z.boolean().optional().describe('true: it keeps no secret, and its codes need PKCE'),
})

const newOne = changes.extend({
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  type: z.enum(['server_to_server', 'user_managed', 'admin_managed']).default('server_to_server'),
})

const subscription = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  events: z.array(z.string()).min(1).default(['*']).describe('Names of events; * is all of them'),
  validate: z.boolean().default(true).describe('false: take the URL without asking it'),
})

const consent = z.strictObject({
  client_id: z.string(),
  redirect_uri: z.url(),
  user: z.string().describe('Id or e-mail'),
  state: z.string().optional().describe('Comes back in the location'),
  scope: z.string().optional().describe("Some of the app's scopes, parted by spaces; all of them unless given"),
  code_challenge: z.string().optional().describe('PKCE: the exchange must then bring its code_verifier'),
  code_challenge_method: z.enum(['S256', 'plain']).default('S256'),
})

const removal = z.strictObject({
  user: z.string().describe('Id or e-mail'),
  notify: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Tell this address alone, unsigned, as in former years'),
  user_data_retention: z.enum(['true', 'false']).optional().describe('Goes into the payload'),
})

/** The account's Marketplace apps, their event subscriptions and what users have allowed them. */
export const appControls = [
  route({
    method: 'GET',
    path: '/apps',
    summary: 'All apps with their subscriptions',
    handle: ({ world }) => ok({ apps: [...world.apps.values()].map((app) => appJson(world, app)) }),
  }),
  route({
    method: 'POST',
    path: '/apps',
    summary: 'Add an app; it has every scope of its kind unless told otherwise',
    body: newOne,
    handle: ({ world, body }) => {
      if (world.apps.has(body.client_id)) throw new ControlError(409, `there is already an app ${body.client_id}`)
      mustHaveEmbed(body.type, body)
      const app = newApp({
        ...given(body),
        client_id: body.client_id,
        client_secret: body.client_secret,
        name: body.name ?? body.client_id,
        type: body.type,
      })
      world.apps.set(app.client_id, app)
      return created(appJson(world, app))
    },
  }),
  route({
    method: 'GET',
    path: '/apps/{client_id}',
    summary: 'One app',
    handle: ({ world, params }) => ok(appJson(world, mustFindApp(world, params['client_id']))),
  }),
  route({
    method: 'PATCH',
    path: '/apps/{client_id}',
    summary: 'Change an app; a change of family without scopes gives all of that family',
    body: changes,
    handle: ({ world, params, body }) => {
      const app = mustFindApp(world, params['client_id'])
      mustHaveEmbed(app.type, body)
      Object.assign(app, given(body))
      if (body.scope_family && !body.scopes) app.scopes = allScopes(app.type, body.scope_family)
      return ok(appJson(world, app))
    },
  }),
  route({
    method: 'POST',
    path: '/apps/{client_id}/subscriptions',
    summary:
      'Subscribe a URL to events; it must pass endpoint.url_validation, else nothing is stored and the answer is 400',
    body: subscription,
    handle: async ({ world, params, body }) => {
      const app = mustFindApp(world, params['client_id'])
      if (app.subscriptions.length >= mostSubscriptions) {
        throw new ControlError(409, `an app has at most ${mostSubscriptions} subscriptions`)
      }
      if (body.validate) {
        const validation = await validateUrl(world, app, body.url)
        if (!validation.validated)
          return { status: 400, body: { ...validation, error: `${body.url} did not pass: ${validation.reason}` } }
      }
      const added = addSubscription(world, app, body.url, body.events)
      return created({ ...subscriptionJson(added), validated: body.validate })
    },
  }),
  route({
    method: 'DELETE',
    path: '/apps/{client_id}/subscriptions/{id}',
    summary: 'End a subscription',
    handle: ({ world, params }) => {
      const app = mustFindApp(world, params['client_id'])
      const ended = app.subscriptions.find(({ id }) => id === params['id'])
      if (!ended) throw new ControlError(404, `the app has no subscription ${params['id']}`)
      app.subscriptions = app.subscriptions.filter((other) => other !== ended)
      return ok(subscriptionJson(ended))
    },
  }),
  route({
    method: 'POST',
    path: '/consent',
    summary:
      'A user allows the app on the consent page: the answer is the location that the browser is sent to, with a code good for 5 minutes and once',
    body: consent,
    handle: ({ world, body }) => created({ location: giveConsent(world, body) }),
  }),
  route({
    method: 'POST',
    path: '/apps/{client_id}/deauthorize',
    summary: 'The user removes the app: its tokens stop working, app_deauthorized follows',
    body: removal,
    handle: async ({ world, params, body }) => {
      const app = mustFindApp(world, params['client_id'])
      const user = mustFind(world, body.user)
      const grant = [...world.grants.values()].find(
        ({ client_id, user_id, revoked }) => client_id === app.client_id && user_id === user.id && !revoked,
      )
      if (!grant) throw new ControlError(404, `${user.email} has not allowed ${app.client_id} anything`)
      const { notify, user_data_retention } = body
      const done = { client_id: app.client_id, user_id: user.id }
      if (notify !== undefined) {
        const { status, error } = await deauthorizeAsBefore(world, app, grant, { notify, user_data_retention })
        return ok({ ...done, notified: { status, error } })
      }
      deauthorize(world, app, grant, user_data_retention)
      return ok(done)
    },
  }),
]

export function mustFindApp(world: World, client_id = ''): App {
  const app = world.apps.get(client_id)
  if (!app) throw new ControlError(404, `there is no app ${client_id}`)
  return app
}

function mustHaveEmbed(type: App['type'], { meeting_sdk }: z.output<typeof changes>): void {
  if (meeting_sdk && type === 'server_to_server')
    throw new ControlError(400, 'a server-to-server app has no page Embed, on which the Meeting SDK is switched on')
}

function giveConsent(world: World, { user, ...query }: z.output<typeof consent>): string {
  const person = mustFind(world, user)
  try {
    return allow(world, readConsent(world, { response_type: 'code', ...query }), person)
  } catch (error) {
    if (error instanceof ConsentRefused) throw new ControlError(409, `${error.message} (${error.code})`)
    throw error
  }
}

/** What was said, without what was left unsaid. */
const given = (body: z.output<typeof changes>): Partial<App> =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))

const subscriptionJson = ({ id, url, events, enabled }: Subscription) => ({ id, url, events, enabled })

const appJson = (world: World, { subscriptions, ...app }: App) => ({
  ...app,
  subscriptions: subscriptions.map(subscriptionJson),
  allowed_by: [...world.grants.values()]
    .filter(({ client_id, revoked }) => client_id === app.client_id && !revoked)
    .map(({ user_id }) => world.people.get(user_id)?.email ?? user_id),
})
