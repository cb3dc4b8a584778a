import { STATUS_CODES } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ForbiddenError, InputError, UnauthorizedError } from '#core/errors.ts'
import { parseJson } from '#core/json.ts'
import type { Hub } from '#hub/hub.ts'
import { acceptInvitation, readInvitation } from '#hub/invitations.ts'
import { sameOrigin } from './identity.ts'
import { readBytes, type ReceivedBody } from './received-body.ts'
import { linkPath, type SignIn } from './sign-in.ts'
import { webHeaders } from './web-request.ts'

/** Hands `/api/auth/*` to the sign-in, in the platform's Request and Response. */
export function serveSignIn(scope: FastifyInstance, signIn: SignIn, hub: Hub): void {
  const { publicUrl } = hub
  readBytes(scope)
  // better-auth has no route for a first password; whoever came by the link has none to change.
  scope.post('/api/auth/set-password', async (request, reply) => {
    if (!sameOrigin(request.headers, publicUrl)) throw new ForbiddenError('A password is set in the console itself.')
    const { raw } = (request.body ?? {}) as Partial<ReceivedBody>
    const said = newPassword.safeParse(parseJson(Buffer.from(raw ?? '').toString('utf8')))
    if (!said.success) throw new InputError('Send {"password": "…"}', [{ field: 'password', message: 'must be text' }])
    await signIn.setPassword(request.headers, said.data.password)
    return reply.code(204).send()
  })
  // What the sign-in page offers.
  scope.get('/api/auth/ways', async (_request, reply) => reply.header('cache-control', 'no-store').send(signIn.ways))
  // Whom a link invites, for the page that asks for a name and a password.
  scope.post('/api/auth/invitation', async (request, reply) => {
    const { token } = read(invitationLink, request)
    const { row, workspace } = await readInvitation(hub, token)
    const known = (await signIn.accountOf(row.email)) !== undefined
    return reply.header('cache-control', 'no-store').send({ email: row.email, role: row.role, workspace, known })
  })
  scope.post('/api/auth/accept-invitation', async (request, reply) => {
    if (!sameOrigin(request.headers, publicUrl))
      throw new ForbiddenError('An invitation is accepted in the console itself.')
    const { token, name, password } = read(acceptance, request)
    const { row } = await readInvitation(hub, token)
    const account = await signIn.accountOf(row.email)
    const user = await signIn.identify(request.headers)
    // Whoever has an account shows that it is theirs; the link alone makes nobody somebody else.
    if (account !== undefined && user?.id !== account)
      throw new UnauthorizedError(`Sign in as ${row.email} first, then open the invitation again.`)
    const user_id =
      account ?? (await signIn.createAccount({ email: row.email, name: name || row.email, password: password ?? '' }))
    await acceptInvitation(hub, row, user_id)
    return reply.code(204).send()
  })
  scope.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    // A link preview that only asks for the head must not use the link up.
    exposeHeadRoute: false,
    handler: (request, reply) => answerAs(request.url, request, reply),
  })
  // What is printed is short, so that it stays in one line of a terminal.
  scope.route({
    method: 'GET',
    url: `${linkPath}:token`,
    exposeHeadRoute: false,
    handler: (request, reply) =>
      answerAs(signIn.verifyPath((request.params as { token: string }).token), request, reply),
  })

  async function answerAs(url: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { method } = request
    const body = request.body as ReceivedBody | undefined
    const init: RequestInit = { method, headers: webHeaders(request.headers, request.ip) }
    if (method === 'POST' && body) init.body = new Uint8Array(body.raw)
    const response = await signIn.handle(new Request(`${publicUrl}${url}`, init))
    for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
    reply.header('cache-control', 'no-store')
    if (response.ok || (response.status >= 300 && response.status < 400)) return pass(reply, response)
    const said = await wordsOf(response)
    if (method === 'GET' && isPageView(request.headers)) {
      return reply.redirect(`${publicUrl}/console/sign-in?${new URLSearchParams({ error: said.code }).toString()}`)
    }
    const retryAfter = response.headers.get('x-retry-after')
    if (retryAfter) reply.header('retry-after', retryAfter)
    return reply
      .code(response.status)
      .type('application/problem+json; charset=utf-8')
      .send(problemOf(response.status, said))
  }
}

const invitationLink = z.strictObject({ token: z.string().max(100) })
const acceptance = invitationLink.extend({
  name: z.string().trim().max(100).optional(),
  password: z.string().max(200).optional(),
})

/** What was sent, as JSON. @throws InputError naming the fields that are not right. */
function read<T>(schema: z.ZodType<T>, request: FastifyRequest): T {
  const { raw } = (request.body ?? {}) as Partial<ReceivedBody>
  const said = schema.safeParse(parseJson(Buffer.from(raw ?? '').toString('utf8')))
  if (said.success) return said.data
  throw new InputError(
    'Something in the request is not valid',
    said.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })),
  )
}

const newPassword = z.strictObject({ password: z.string() })

const isPageView = (headers: { accept?: string | undefined }): boolean => headers.accept?.includes('text/html') ?? false

async function pass(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  for (const name of ['content-type', 'location']) {
    const value = response.headers.get(name)
    if (value) reply.header(name, value)
  }
  return reply.code(response.status).send(await response.text())
}

interface Words {
  code: string
  message: string
}

async function wordsOf(response: Response): Promise<Words> {
  const fallback = STATUS_CODES[response.status] ?? 'Error'
  const said = (await response.json().catch(() => ({}))) as Partial<Words> | null
  return { code: said?.code ?? fallback.toUpperCase().replaceAll(/\W+/g, '_'), message: said?.message ?? fallback }
}

/** `code` and `message` stay, because better-auth's own client reads them. */
const problemOf = (status: number, said: Words) => ({
  type: 'urn:greenroom:problem:sign-in',
  title: 'Not signed in',
  status,
  detail: said.message,
  ...said,
})
