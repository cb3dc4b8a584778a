import { z } from 'zod'
import { NotFoundError } from '#core/errors.ts'
import type { Caller } from '#http/identity.ts'
import { role } from '#hub/resources.ts'
import { workspaces, workspaceSettings, workspacesOfUser } from '#hub/workspaces.ts'
import { apiRoute, ok } from '#hub/api-route.ts'

const workspace = z.object({ id: z.string(), name: z.string(), demo: z.boolean() })
const own = { colour: z.string().nullable(), logo_url: z.string().nullable(), language: z.string().nullable() }

export const me = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string() }).nullable().describe('null for an API key'),
  key: z.object({ id: z.string() }).nullable().describe('null for a person'),
  role,
  workspace: workspace.extend(own).describe('How it looks and speaks: null where it has nothing of its own'),
  workspaces: z
    .array(workspace.extend({ role }))
    .describe('Choose one by the header Greenroom-Workspace; in a browser the cookie greenroom-workspace does it, too'),
})

export const meRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/me',
    auth: 'signed_in',
    schema: { summary: 'Who you are and where', tags: ['You'], response: { 200: me } },
    handle: async ({ identity }, hub) => {
      // http/ alone knows more of a caller than integrations may: it is what `identify` has put there.
      const caller: Caller = identity
      const { role, workspace_id } = caller
      const [user, key] = [caller.user ?? null, caller.key ?? null]
      const mine = user
        ? await workspacesOfUser(hub, user.id)
        : (await workspaces(hub)).map((each) => ({ ...each, role }))
      const workspace = mine.find(({ id }) => id === workspace_id)
      if (!workspace) throw new NotFoundError(`There is no workspace ${workspace_id}`)
      const shown = user && { id: user.id, email: user.email, name: user.name }
      const { colour, logo_url, language } = await workspaceSettings(hub, identity)
      const mineNow = { ...workspace, colour, logo_url, language }
      return ok({ user: shown, key, role, workspace: mineNow, workspaces: user ? mine : [workspace] })
    },
  }),
]
