import { z } from 'zod'
import type { Reply } from '#simulator/http.ts'
import { newUserId } from '#simulator/ids.ts'
import { now } from '#simulator/clock.ts'
import { findPerson, hasSeat, removePerson } from '#simulator/people.ts'
import { listedPersonJson, personJson, roleId } from '#simulator/person-json.ts'
import { invalidFields, Refusal, refusal } from '#simulator/refusal.ts'
import { newPerson } from '#simulator/seed.ts'
import type { Person } from '#simulator/state.ts'
import { isTimeZone } from '#simulator/time.ts'
import { publishUserChanges, publishUserEvent } from '#simulator/user-events.ts'
import { actor, created, noContent, ok, parseBody, personOf, type ApiCall, type ApiRoutes } from './call.ts'
import { pageNumber, pageOf } from './pages.ts'

const type = z.literal([1, 2, 4, 99])

const createBody = z.object({
  action: z.enum(['create', 'autoCreate', 'custCreate', 'ssoCreate']),
  user_info: z.object({
    email: z.email(),
    type,
    first_name: z.string().max(64).default(''),
    last_name: z.string().max(64).default(''),
    display_name: z.string().max(128).optional(),
  }),
})

const profileFields = {
  company: z.string(),
  cost_center: z.string(),
  job_title: z.string(),
  location: z.string(),
  manager: z.string(),
  phone_country: z.string(),
  phone_number: z.string(),
  pronouns: z.string(),
  pronouns_option: z.literal([1, 2, 3]),
  use_pmi: z.boolean(),
  vanity_name: z.string(),
}
const profile = z.object(profileFields).partial()

const updateBody = z
  .object({
    type,
    first_name: z.string().max(64),
    last_name: z.string().max(64),
    display_name: z.string().max(128),
    dept: z.string(),
    language: z.string(),
    pmi: z.int().min(1_000_000_000).max(9_999_999_999),
    timezone: z.string().refine(isTimeZone),
    ...profileFields,
  })
  .partial()

const statusBody = z.object({ action: z.enum(['activate', 'deactivate', 'clock_in', 'clock_out']) })

/** https://developers.zoom.us/docs/api/users/ */
export const userRoutes: ApiRoutes = {
  'GET /users': (call) => {
    const [status, role] = [call.query.get('status') ?? 'active', call.query.get('role_id')]
    const people = [...call.world.people.values()].filter(
      (person) => person.status === status && (!role || roleId(person) === role),
    )
    const { items, paging } = pageOf(call, people)
    return ok({ ...paging, page_number: pageNumber(call), users: items.map(listedPersonJson) })
  },
  'POST /users': createUser,
  'GET /users/{userId}': (call) => ok(personJson(call.world, personOf(call))),
  'PATCH /users/{userId}': updateUser,
  'DELETE /users/{userId}': deleteUser,
  'PUT /users/{userId}/status': (call) => {
    const person = personOf(call)
    const { action } = parseBody(call, statusBody)
    if (action === 'activate' || action === 'deactivate') setStatus(call, person, action)
    return noContent
  },
  'GET /users/email': (call) =>
    ok({ existed_email: findPerson(call.world, call.query.get('email') ?? '') !== undefined }),
  'GET /users/summary': (call) => ok(summary([...call.world.people.values()])),
}

function createUser(call: ApiCall): Reply {
  const { world } = call
  const { action, user_info } = parseBody(call, createBody)
  const { email, display_name, ...names } = user_info
  if (findPerson(world, email)) {
    throw new Refusal({ http: 409, code: 1005, message: `User already in the account: ${email}` })
  }
  if (names.type === 2) checkSeat(call)
  const person = newPerson(
    {
      id: newUserId(),
      email,
      ...names,
      ...(display_name && { display_name }),
      status: action === 'create' ? 'pending' : 'active',
      last_login_time: undefined,
      creation_type: action,
    },
    now(world.clock),
  )
  world.people.set(person.id, person)
  publishUserEvent(world, 'user.created', person, actor(call))
  const { id, first_name, last_name, type: given } = person
  return created({ id, email, first_name, last_name, type: given }, `${call.base}/v2/users/${id}`)
}

function updateUser(call: ApiCall): Reply {
  const person = personOf(call)
  const body = parseBody(call, updateBody)
  if (body.type !== undefined) checkType(call, person, body.type)
  const before = { ...person }
  const told = profile.parse(body)
  const own = Object.entries(body).filter(([name]) => !(name in told))
  Object.assign(person, Object.fromEntries(own))
  Object.assign(person.profile, told)
  publishUserChanges(call.world, before, person, actor(call))
  return noContent
}

function deleteUser(call: ApiCall): Reply {
  const person = personOf(call)
  const { query, world } = call
  const action = query.get('action') ?? 'disassociate'
  if (action !== 'disassociate' && action !== 'delete') throw invalidFields(['action'])
  if (person.role === 'owner') throw refusal(call.endpoint, 200)
  const heir =
    query.get('transfer_meeting') === 'true' ? findPerson(world, query.get('transfer_email') ?? '') : undefined
  const event = action === 'delete' ? 'user.deleted' : 'user.disassociated'
  removePerson(world, person, { event, operator: actor(call), heir })
  return noContent
}

/** The owner stays Licensed, and a licence needs a seat. */
function checkType(call: ApiCall, person: Person, wanted: Person['type']): void {
  if (wanted === person.type) return
  if (person.role === 'owner') {
    throw new Refusal({ http: 400, code: 1108, message: 'User type permission check failed.' })
  }
  if (wanted === 2) checkSeat(call)
}

function checkSeat({ world }: ApiCall): void {
  const { plan, licensed_seats } = world.settings
  if (plan === 'free') throw new Refusal({ http: 400, code: 200, message: "You can't add paid users." })
  if (hasSeat(world)) return
  throw new Refusal({ http: 400, code: 200, message: `You can add max ${licensed_seats} paid users.` })
}

function setStatus(call: ApiCall, person: Person, action: 'activate' | 'deactivate'): void {
  if (person.role === 'owner') throw refusal(call.endpoint, 200)
  const status = action === 'activate' ? 'active' : 'inactive'
  if (person.status === status) return
  person.status = status
  publishUserEvent(call.world, `user.${action}d`, person, actor(call))
}

function summary(people: Person[]): object {
  const count = (fits: (person: Person) => boolean): number => people.filter(fits).length
  return {
    licensed_users_count: count((person) => person.type === 2),
    basic_users_count: count((person) => person.type === 1),
    on_prem_users_count: count((person) => person.on_premise),
    room_users_count: 0,
    pending_users_count: count((person) => person.status === 'pending'),
    join_only_users_count: count((person) => person.type === 4),
    total_users_count: people.length,
  }
}
