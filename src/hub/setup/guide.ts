import type { Hub } from '#hub/hub.ts'
import { features, featuresOf, type FeatureName } from '#hub/doctor/catalogue.ts'
import { scopesFor } from '#hub/doctor/features.ts'
import { redirectUri } from '#hub/grants/consent.ts'
import type { Purpose, SetupGuide } from '#hub/resources.ts'
import { knownBases } from '#zoom/base.ts'
import type { AppKind, ScopeFamily } from '#zoom/scopes.ts'
import { adviseKind, featuresWanted, sdkCarrier } from './purposes.ts'

interface Wish {
  purposes: readonly Purpose[]
  /** The recommended kind, unless it is told. */
  kind?: AppKind | undefined
  family: ScopeFamily
  oauth_base?: string | undefined
}

/** What to enter at Zoom's Marketplace for what is wanted: names to copy, all by data that is here. */
export function setupGuide(hub: Hub, { purposes, kind, family, oauth_base }: Wish): SetupGuide {
  const advice = adviseKind(purposes)
  const chosen = kind ?? advice.find(({ recommended }) => recommended)?.kind ?? 'server_to_server'
  const wanted = featuresFor(chosen, purposes)
  return {
    kind: chosen,
    kinds: advice,
    features: wanted.map((feature) => ({ feature, words: features[feature].words })),
    scopes: [...new Set(wanted.flatMap((feature) => scopesFor(features[feature], chosen, family)))].sort(),
    events: eventsFor(wanted),
    meeting_sdk: sdkCarrier(chosen, purposes) === 'itself',
    meeting_sdk_beside: sdkCarrier(chosen, purposes) === 'beside',
    redirect_url:
      chosen === 'server_to_server'
        ? null
        : redirectUri(hub, { oauth_base: oauth_base ?? knownBases['zoom.us'].oauth_base }),
  }
}

/** What is wanted and can be had with an app of this kind. */
export function featuresFor(kind: AppKind, purposes: readonly Purpose[]): FeatureName[] {
  const possible = new Set(featuresOf(kind).map(([name]) => name))
  return featuresWanted(purposes).filter((name) => possible.has(name))
}

/** The events that these features live on, each once, by name. */
export const eventsFor = (wanted: readonly FeatureName[]): string[] =>
  [...new Set(wanted.flatMap((feature) => eventsOf(feature)))].sort()

function eventsOf(name: FeatureName): readonly string[] {
  const feature = features[name]
  return 'events' in feature ? feature.events : []
}
