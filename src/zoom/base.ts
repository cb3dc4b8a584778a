/** Where one Zoom answers; origins without a path: `/oauth/token` and `/v2/…` are appended. */
export interface ZoomBase {
  oauth_base: string
  api_base: string
}

/** The Zooms there are. A government account has apps of its own, on hosts of its own. */
export const knownBases = {
  'zoom.us': { oauth_base: 'https://zoom.us', api_base: 'https://api.zoom.us' },
  'zoomgov.com': { oauth_base: 'https://zoomgov.com', api_base: 'https://api.zoomgov.com' },
} satisfies Record<string, ZoomBase>

/** Zoom itself, under one of its names or a vanity name below them; else it is a stand-in. */
export const isKnownZoom = (origin: string): boolean =>
  new URL(origin).protocol === 'https:' && domains.some((domain) => isWithin(new URL(origin), domain))

/**
 * The origin that calls go to. Every token names one as `api_url`, the region's (`https://api-eu.zoom.us`). It is followed
 * only within the base that the app was entered with: the bearer token must not go wherever a reply points.
 */
export function callOrigin(api_base: string, api_url: string | undefined): string {
  const home = new URL(api_base)
  const region = URL.canParse(api_url ?? '') ? new URL(api_url ?? '') : home
  if (region.origin === home.origin || region.protocol !== 'https:' || home.protocol !== 'https:') return home.origin
  return domains.some((domain) => isWithin(home, domain) && isWithin(region, domain)) ? region.origin : home.origin
}

const domains = Object.keys(knownBases)
const isWithin = (url: URL, domain: string): boolean => url.hostname === domain || url.hostname.endsWith(`.${domain}`)
