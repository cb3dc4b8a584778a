// https://github.com/sedenardi/zoomapi with a server-to-server app: prints what it was answered.
import zoomapi from 'zoomapi'

const zoomApi = zoomapi.default
const app = { accountId: 'sim-account', oauthClientId: 'sim-s2s', oauthClientSecret: 'sim-s2s-secret' }
const client = zoomApi(app)
const ada = 'ada@school.example'

const thrown = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'nothing',
    (error: unknown) => error,
  )

async function everyPage<T>(
  get: (next_page_token: string) => Promise<{ next_page_token?: string; items: T[] }>,
): Promise<T[][]> {
  const pages: T[][] = []
  for (let token: string | undefined = ''; token !== undefined;) {
    const { items, next_page_token } = await get(token)
    pages.push(items)
    token = next_page_token || undefined
  }
  return pages
}

const token = await client.oauth.GetServerToServerOAuthToken()
const plan = { topic: 'Algebra I', type: 2, start_time: '2030-01-07T09:00:00Z', duration: 45 }
const { id = '', ...created } = await client.meetings.CreateMeeting(ada, plan as never)
await client.meetings.CreateMeeting(ada, { ...plan, topic: 'Algebra II' } as never)
await client.meetings.UpdateMeeting(id, { topic: 'Algebra I, changed' } as never)
const got = await client.meetings.GetMeeting(id)
const meetings = await everyPage(async (next_page_token) => {
  const page = await client.meetings.ListMeetings(ada, { page_size: 1, next_page_token } as never)
  return { ...page, items: page.meetings.map(({ topic }) => topic) }
})
await client.meetings.DeleteMeeting(id)
const gone = await thrown(client.meetings.GetMeeting(id))
const users = await everyPage(async (next_page_token) => {
  const page = await client.users.ListUsers({ page_size: 2, next_page_token } as never)
  return { ...page, items: page.users.map(({ email }) => email) }
})
const user = await client.users.GetUser(ada)
const nobody = await thrown(client.users.GetUser('nobody@school.example'))
const wrong = await thrown(zoomApi({ ...app, oauthClientSecret: 'wrong' }).users.ListUsers({}))
console.log(JSON.stringify({ token, created, got, meetings, gone, users, user, nobody, wrong }))
