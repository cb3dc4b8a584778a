import { NotFoundError } from '#core/errors.ts'
import { connectedOfApp } from '#store/connections.ts'
import { zoomAppOfWorkspace } from '#store/zoom-apps.ts'
import type { AppKind } from '#zoom/scopes.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Finding } from '#hub/integration.ts'
import type { AppScopes } from '#hub/resources.ts'
import { featuresBought, type Bought } from './features.ts'

/** What a token's scopes are good for, what they are not, and which do nothing: one finding each. */
export function scopeFindings(about: string, kind: AppKind, scope: string): Finding[] {
  const { works, lacks, unneeded } = featuresBought(scope, kind)
  const check = `${about}: scopes`
  const must = lacks.filter(({ required }) => required)
  const may = lacks.filter(({ required }) => !required)
  return [
    ...(works.length > 0
      ? [
          {
            check: `${about}: features`,
            state: 'ok' as const,
            message: `The app may ${works.map(({ words }) => words).join('; ')}`,
          },
        ]
      : []),
    ...(must.length > 0 ? [{ check, state: 'failed' as const, message: mayNot(must), fix: toAdd(must) }] : []),
    ...(may.length > 0
      ? [{ check: `${check} to add`, state: 'warning' as const, message: mayNot(may), fix: eachToAdd(may) }]
      : []),
    ...(unneeded.length > 0
      ? [
          {
            check: `${check} to remove`,
            state: 'warning' as const,
            message: `Nothing here needs ${unneeded.join(' ')}`,
            fix: 'Take them away on its “Scopes” page at Zoom: who steals the app’s secret gets less',
          },
        ]
      : []),
  ]
}

type Lacking = Bought['lacks']

const mayNot = (lacks: Lacking): string => `The app may not ${lacks.map(({ words }) => words).join('; ')}`

const toAdd = (lacks: Lacking): string =>
  `Add on its “Scopes” page at Zoom: ${[...new Set(lacks.flatMap(({ add }) => add))].join(' ')}`

const eachToAdd = (lacks: Lacking): string =>
  `Add what is wanted on its “Scopes” page at Zoom: ${lacks.map(({ words, add }) => `to ${words}: ${add.join(' ')}`).join('; ')}`

/**
 * What each connection of an app may do, by the scopes of its last token. Zoom is not asked.
 * @throws NotFoundError, also for an app of another workspace.
 */
export async function appScopes(hub: Hub, { workspace_id }: Actor, id: string): Promise<AppScopes> {
  const app = await zoomAppOfWorkspace(hub.db, workspace_id, id)
  if (!app) throw new NotFoundError(`There is no Zoom app ${id}`)
  const grants = await connectedOfApp(hub.db, id)
  return {
    zoom_app_id: id,
    kind: app.kind,
    grants: grants.map((grant) => {
      const { family, ...bought } = featuresBought(grant.scope, app.kind)
      return { connection_id: grant.id, zoom_user_email: grant.zoom_user_email, family: family ?? null, ...bought }
    }),
  }
}
