import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { startSimulator } from '#simulator/simulator.ts'

/** JSON as it comes: tests look into it and fail by themselves when something is missing. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any

export interface Answer {
  status: number
  headers: Headers
  body: Json
}

/** A simulator of one's own, spoken to over HTTP alone. */
export async function simulate(t: TestContext) {
  const simulator = await startSimulator({ port: 0 })
  t.after(() => simulator.close())
  const { url } = simulator
  const send = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(url + path, { method, headers, ...(text !== undefined && { body: text }) })
    const answer = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(answer) : answer }
  }
  const control = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const answer = await send(method, `/_${path}`, body)
    assert.ok(answer.status < 300, `${method} /_${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const token = (form: Record<string, string>, app = ['sim-s2s', 'sim-s2s-secret']): Promise<Answer> =>
    send('POST', '/oauth/token', new URLSearchParams(form).toString(), {
      authorization: `Basic ${btoa(app.join(':'))}`,
      'content-type': 'application/x-www-form-urlencoded',
    })
  const accessToken = async (app?: string[]): Promise<string> =>
    (await token({ grant_type: 'account_credentials', account_id: 'sim-account' }, app)).body.access_token
  let held: string | undefined
  /** Calls /v2 as the server-to-server app. */
  const api = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    held ??= await accessToken()
    return send(method, `/v2${path}`, body, { authorization: `Bearer ${held}` })
  }
  /** A user's pair of tokens for an app that users consent to. */
  const authorize = async (user: string, app = ['sim-user-app', 'sim-user-secret']): Promise<Json> => {
    const redirect_uri = 'http://localhost:3000/callback'
    const { location } = await control('POST', '/consent', { client_id: app[0], user, redirect_uri })
    const code = new URL(location).searchParams.get('code') ?? ''
    return (await token({ grant_type: 'authorization_code', code, redirect_uri }, app)).body
  }
  const schedule = async (more: object = {}, host = 'ada@school.example'): Promise<Json> => {
    const answer = await api('POST', `/users/${host}/meetings`, { topic: 'Algebra I', ...more })
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    return answer.body
  }
  return { url, send, control, token, accessToken, api, authorize, schedule }
}

export type Zoom = Awaited<ReturnType<typeof simulate>>

export interface Received {
  headers: NodeJS.Dict<string | string[]>
  raw: string
  body: Json
}

/** An endpoint for webhooks: keeps what comes, passes URL validation, answers 204 unless `answer` says otherwise. */
export async function receive(t: TestContext, secret_token = 'sim-s2s-webhook') {
  const received: Received[] = []
  const validate = async (plainToken: string) => {
    return { status: 200, text: JSON.stringify({ plainToken, encryptedToken: hmac(secret_token, plainToken) }) }
  }
  const state = { answer: async (): Promise<number> => 204, validation: validate }
  const server = createServer(async (request, response) => {
    const raw = String(await buffer(request))
    const body = JSON.parse(raw)
    if (body.event === 'endpoint.url_validation') {
      const { status, text } = await state.validation(body.payload.plainToken)
      response.writeHead(status, { 'content-type': 'application/json' }).end(text)
      return
    }
    received.push({ headers: request.headers, raw, body })
    response.writeHead(await state.answer()).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`
  const names = (): string[] => received.map(({ body }) => body.event)
  return { url, received, names, state }
}

/** Now, as a JWT has it. */
export const seconds = (): number => Math.floor(Date.now() / 1000)

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A Meeting SDK signature, made by hand: https://developers.zoom.us/docs/meeting-sdk/auth/ */
export function signSdk(
  claims: object = {},
  [appKey, secret]: readonly [string, string] = ['sim-user-app', 'sim-user-secret'],
  alg = 'HS256',
): string {
  const usual = { appKey, sdkKey: appKey, role: 0, iat: seconds() - 30, exp: seconds() + 7170 }
  const signed = `${base64url({ alg, typ: 'JWT' })}.${base64url({ ...usual, ...claims })}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

export const hmac = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex')

/** A simulator with an endpoint that gets all events of the server-to-server app. */
export async function simulateWithEvents(t: TestContext) {
  const [zoom, endpoint] = await Promise.all([simulate(t), receive(t)])
  await zoom.control('POST', '/apps/sim-s2s/subscriptions', { url: endpoint.url, events: ['*'] })
  /** The events of this name, after all have arrived. */
  const events = async (name: string): Promise<Json[]> => {
    await zoom.control('POST', '/settle')
    return endpoint.received.map(({ body }) => body).filter(({ event }) => event === name)
  }
  return { zoom, endpoint, events }
}

/** What a recorded clock tells: the simulator's epoch milliseconds. */
export const simulatorTime = async (zoom: Zoom): Promise<number> =>
  Date.parse((await zoom.control('GET', '/clock')).now)
