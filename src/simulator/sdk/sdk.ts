import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { jsonOf, type Incoming, type Reply } from '#simulator/http.ts'
import { newToken } from '#simulator/ids.ts'
import type { World } from '#simulator/state.ts'
import { admit } from './admission.ts'
import { joinRefusals, JoinRefused } from './refusal.ts'
import { readSignature } from './signature.ts'
import { begin, end, stayJson } from './stay.ts'

const script = readFileSync(new URL('zoom-meeting.js', import.meta.url), 'utf8')

const text = z
  .string()
  .nullish()
  .transform((value) => value || undefined)

/** Named as the arguments of `ZoomMtg.join`. */
const joinBody = z.object({
  signature: z.string(),
  meetingNumber: z.union([z.string(), z.number()]).transform((number) => String(number).replace(/[\s-]/g, '')),
  userName: z.string().trim().min(1),
  userEmail: text,
  passWord: text,
  tk: text,
  zak: text,
  obfToken: text,
  recordingToken: text,
  customerKey: z.string().max(36).nullish(),
})

/** Pages of any origin load the SDK and join by it, also isolated ones. */
const forAnyPage = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'content-type',
  'access-control-allow-methods': 'GET, POST',
  'cross-origin-resource-policy': 'cross-origin',
  'cache-control': 'no-store',
}

/** Answers what is asked under /sdk: a stand-in for Zoom's web SDK (client view) and for what it talks to. */
export async function answerSdk(world: World, incoming: Incoming): Promise<Reply> {
  const reply = replyTo(world, incoming)
  return { ...reply, headers: { ...forAnyPage, ...reply.headers } }
}

function replyTo(world: World, { method, path, body }: Incoming): Reply {
  if (method === 'OPTIONS') return { status: 204 }
  const [, , name = '', secret = '', action = ''] = path.split('/')
  const route = [method, name, secret && '{stay}', action].filter(Boolean).join(' ')
  if (route === 'GET zoom-meeting.js')
    return { status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' }, body: script }
  if (route === 'POST join') return join(world, body)
  const stay = world.stays.get(secret)
  if (!stay) return { status: 404, body: { error: `there is no ${method} ${path}` } }
  if (route === 'GET stays {stay}') return { status: 200, body: stayJson(stay) }
  if (route !== 'POST stays {stay} leave') return { status: 404, body: { error: `there is no ${method} ${path}` } }
  end(world, stay)
  return { status: 200, body: stayJson(stay) }
}

/** Somebody joins from a browser. The e-mail is told by the page and proves nothing: only a zak signs in. */
function join(world: World, bytes: Buffer): Reply {
  try {
    const { data } = joinBody.safeParse(jsonOf(bytes.toString()))
    if (!data) throw new JoinRefused('invalid_parameter')
    const signed = readSignature(world, data.signature)
    if (signed.mn === undefined) throw new JoinRefused('invalid_signature')
    const admitted = admit(world, signed, {
      meeting_number: data.meetingNumber,
      passcode: data.passWord,
      tk: data.tk,
      zak: data.zak,
      obf_token: data.obfToken,
      recording_token: data.recordingToken,
    })
    const { userName: name, customerKey } = data
    const stay = begin(world, admitted, { name, email: admitted.person?.email, customer_key: customerKey ?? '' })
    const secret = newToken()
    world.stays.set(secret, stay)
    return { status: 200, body: { stay: secret, ...stayJson(stay) } }
  } catch (error) {
    if (error instanceof JoinRefused) return { status: 400, body: joinRefusals[error.refusal] }
    throw error
  }
}
