import { apiRoute, ok } from '#hub/api-route.ts'
import * as resources from '#hub/resources.ts'
import { removeLogo, setLogo } from '#hub/brand.ts'
import { changeWorkspace, removeDemo, workspaceSettings } from '#hub/workspaces.ts'
import type { Caller } from '#http/identity.ts'
import { nothing } from './nothing.ts'

const tags = ['Workspace']

export const workspaceRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/workspace',
    auth: 'viewer',
    schema: {
      summary: 'What the workspace has decided for itself',
      tags,
      response: { 200: resources.workspaceSettings },
    },
    handle: async ({ identity }, hub) => ok(await workspaceSettings(hub, identity)),
  }),
  apiRoute({
    method: 'PATCH',
    path: '/api/v1/workspace',
    auth: 'admin',
    schema: {
      summary: 'Change how the workspace is called and looks, and how long it keeps what',
      tags,
      body: resources.workspaceChange,
      response: { 200: resources.workspaceSettings },
    },
    handle: async ({ identity, body }, hub) => ok(await changeWorkspace(hub, identity, body)),
  }),
  apiRoute({
    method: 'DELETE',
    path: '/api/v1/workspace',
    auth: 'owner',
    schema: {
      summary: 'Delete the Demo with all that it has; no other workspace can be deleted',
      tags,
      response: { 204: nothing },
    },
    handle: async ({ identity }, hub) => {
      const caller: Caller = identity
      await removeDemo(hub, identity, caller.user?.id)
      return { status: 204 }
    },
  }),
  apiRoute({
    method: 'PUT',
    path: '/api/v1/workspace/logo',
    auth: 'admin',
    rawBody: true,
    schema: {
      summary: 'Give the workspace a logo: the body is a PNG, JPEG or WebP of at most 200 kB',
      tags,
      response: { 200: resources.workspaceSettings },
    },
    handle: async ({ identity, raw }, hub) => {
      await setLogo(hub, identity, raw)
      return ok(await workspaceSettings(hub, identity))
    },
  }),
  apiRoute({
    method: 'DELETE',
    path: '/api/v1/workspace/logo',
    auth: 'admin',
    schema: { summary: 'Take the logo away', tags, response: { 204: nothing } },
    handle: async ({ identity }, hub) => {
      await removeLogo(hub, identity)
      return { status: 204 }
    },
  }),
]
