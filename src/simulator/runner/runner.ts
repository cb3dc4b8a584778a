import { z } from 'zod'
import { jsonOf, type Incoming, type Reply } from '#simulator/http.ts'
import type { World } from '#simulator/state.ts'
import { sendBot } from './arrive.ts'
import type { Bot } from './bot.ts'
import { callBack } from './leave.ts'

const text = z
  .string()
  .nullish()
  .transform((value) => value || undefined)

const joinBody = z.object({
  bot_id: z.string().min(1),
  meeting_number: z.union([z.string(), z.number()]).transform((number) => String(number).replace(/[\s-]/g, '')),
  passcode: text,
  display_name: z.string().min(1),
  signature: z.string(),
  recording_token: text,
  obf_token: text,
  zak: text,
  tk: text,
  customer_key: z.string().max(36).nullish(),
  report_url: z.url({ protocol: /^https?$/ }),
  report_token: z.string().min(1),
})

const leaveBody = z.object({ bot_id: z.string() })

/** Answers what is asked under /runner: it sends bots into meetings as a program with the Meeting SDK would. */
export async function answerRunner(world: World, { method, path, body }: Incoming): Promise<Reply> {
  const route = `${method} ${path}`
  if (route === 'POST /runner/join') return join(world, body)
  if (route === 'POST /runner/leave') return leave(world, body)
  return refused(404, `there is no ${route}`)
}

/** The answer comes at once; what becomes of the bot is reported to `report_url`. */
function join(world: World, bytes: Buffer): Reply {
  const { data, error } = joinBody.safeParse(jsonOf(bytes.toString()))
  if (error) return refused(422, z.prettifyError(error))
  const { bot_id, display_name, report_url, report_token, signature, customer_key, ...knock } = data
  const known = world.bots.get(bot_id)
  if (known && known.at.state !== 'over') return refused(409, `bot ${bot_id} is already on its way`)
  const bot: Bot = {
    id: bot_id,
    name: display_name,
    customer_key: customer_key ?? '',
    report_url,
    report_token,
    at: { state: 'joining' },
    tail: known?.tail ?? Promise.resolve(),
  }
  sendBot(world, bot, signature, knock)
  return accepted
}

function leave(world: World, bytes: Buffer): Reply {
  const { data } = leaveBody.safeParse(jsonOf(bytes.toString()))
  const bot = world.bots.get(data?.bot_id ?? '')
  if (!bot || bot.at.state === 'over') return refused(404, `there is no bot ${data?.bot_id ?? ''}`)
  callBack(world, bot)
  return accepted
}

const accepted: Reply = { status: 202, body: {} }
const refused = (status: number, error: string): Reply => ({ status, body: { error } })
