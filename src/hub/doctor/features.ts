import { events } from '#zoom/schema/events.ts'
import { missingScopes, scopeFamily, scopesOf, scopesThatDo } from '#zoom/scopes.ts'
import type { AppKind, MissingScope, ScopedOperation, ScopeFamily } from '#zoom/scopes.ts'
import { features, featuresOf, type Feature, type FeatureName } from './catalogue.ts'

export interface LackingFeature {
  feature: FeatureName
  words: string
  required: boolean
  /** The scopes to add, to copy: one for each that is missing. */
  add: string[]
  missing: MissingScope[]
}

export interface Bought {
  /** undefined for a token without scopes. */
  family: ScopeFamily | undefined
  works: { feature: FeatureName; words: string }[]
  lacks: LackingFeature[]
  /** Granted, and of use to no feature. */
  unneeded: string[]
}

/**
 * What the scopes of a token (as Zoom writes them, with spaces or commas between) are good for, told in the token's own family. What
 * no scope of that family allows to an app of this kind is not mentioned.
 */
export function featuresBought(scope: string, kind: AppKind): Bought {
  const family = scopeFamily(scope)
  const bought: Bought = { family, works: [], lacks: [], unneeded: [] }
  for (const [feature, row] of featuresOf(kind)) {
    const missing = missingFor(row, kind, scope)
    const { words } = row
    if (missing.length === 0) bought.works.push({ feature, words })
    else if (missing.every(({ any_of }) => any_of.length > 0))
      bought.lacks.push({
        feature,
        words,
        required: row.required?.includes(kind) ?? false,
        add: [...new Set(missing.flatMap(({ any_of }) => any_of.slice(0, 1)))],
        missing,
      })
  }
  const useful = usefulScopes(kind).union(addedByZoom)
  bought.unneeded = [...scopesOf(scope)].filter((name) => !useful.has(name)).sort()
  return bought
}

function missingFor({ operations = [], events: names = [] }: Feature, kind: AppKind, scope: string): MissingScope[] {
  const held = scopesOf(scope)
  const family = scopeFamily(scope) ?? 'granular'
  const missing = names.flatMap((operation) => {
    const any_of = scopesThatDo(scopesOfEvent(operation), kind, family)
    return any_of.some((name) => held.has(name)) ? [] : [{ operation, any_of }]
  })
  return [...missingScopes(operations, kind, scope), ...missing]
}

/** The scopes to choose for a feature: of those any one of which is enough, the first. */
export const scopesFor = (feature: Feature, kind: AppKind, family: ScopeFamily): string[] =>
  [...(feature.operations ?? []), ...(feature.events ?? []).map(scopesOfEvent)].flatMap((each) =>
    scopesThatDo(each, kind, family).slice(0, 1),
  )

/** Zoom publishes no table for events. The granular ones are inferred; a classic app hears of what it may read. */
function scopesOfEvent(name: string): ScopedOperation {
  const service = name.startsWith('meeting.summary_') ? 'meeting_summary' : name.split('.')[0]
  return {
    classic_scopes: [`${service}:read`, `${service}:read:admin`],
    granular_scopes: events.get(name)?.granular_scopes ?? [],
  }
}

/** Zoom adds it by itself to every app that carries the Meeting SDK, and it cannot be taken away. */
const addedByZoom = new Set(['user:read:zak', 'user:read:zak:admin'])

const usefulScopes = (kind: AppKind): Set<string> =>
  new Set(
    featuresOf(kind)
      .flatMap(([, { operations = [], events: names = [] }]) => [...operations, ...names.map(scopesOfEvent)])
      .flatMap((each) => [...scopesThatDo(each, kind, 'classic'), ...scopesThatDo(each, kind, 'granular')]),
  )

/** What cannot be done for want of all these scopes, the first in the catalogue, in its words; undefined when nothing here needs them. */
export function featureOfScopes(names: readonly string[]): string | undefined {
  // A call that another scope would allow, too, is not what was refused.
  const isAll = (scopes: readonly string[]) => {
    const enough = scopes.filter((name) => !name.includes(':master'))
    return enough.length > 0 && enough.every((name) => names.includes(name))
  }
  const refused = (each: ScopedOperation) => isAll(each.granular_scopes) || isAll(each.classic_scopes)
  return Object.values<Feature>(features).find(({ operations = [] }) => operations.some(refused))?.words
}
