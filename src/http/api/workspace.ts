import { apiRoute, ok } from '#hub/api-route.ts'
import * as resources from '#hub/resources.ts'
import { changeWorkspace, workspaceSettings } from '#hub/workspaces.ts'

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
      summary: 'Change the name of the workspace, and how long it keeps what',
      tags,
      body: resources.workspaceChange,
      response: { 200: resources.workspaceSettings },
    },
    handle: async ({ identity, body }, hub) => ok(await changeWorkspace(hub, identity, body)),
  }),
]
