// Every address of the console, and the two outside it. `<base>` names the console's own folder, so that it works under any sub-path.

/** The home page, with the slash at its end. */
export const console_url = new URL(document.baseURI)

/** Folder of the console without the slash at its end: what the router cuts off. */
export const basename = console_url.pathname.replace(/\/$/, '')

/** The hub's own root, one above the console. */
export const hub_url = new URL('../', console_url)

export const paths = {
  home: () => '/',
  sign_in: () => '/sign-in',
  meetings: () => '/meetings',
  running_meetings: () => '/meetings?when=all&state=started',
  past_meetings: () => '/meetings?when=past',
  new_meeting: () => '/meetings?new',
  import_meetings: () => '/meetings/import',
  meeting_import: (id: string) => `/meetings/import?import=${id}`,
  meeting: (id: string) => `/meetings/${id}`,
  meeting_tab: (id: string, tab: string) => `/meetings/${id}?tab=${tab}`,
  session: (meeting_id: string, uuid: string) =>
    `/meetings/${meeting_id}?${new URLSearchParams({ session: uuid }).toString()}`,
  places: () => '/places',
  new_place: (kind = '') => `/places?${new URLSearchParams({ new: kind }).toString()}`,
  place: (id: string) => `/places?place=${id}`,
  events: (filter: { state?: string; event?: string } = {}) => {
    const query = new URLSearchParams(filter).toString()
    return query ? `/events?${query}` : '/events'
  },
  account: () => '/settings/account',
  members: () => '/settings/members',
  invitation: () => '/invitation',
  zoom_apps: () => '/settings/zoom-apps',
  connect_zoom: () => '/settings/zoom-apps/connect',
  connect_beside: (id: string) => `/settings/zoom-apps/connect?beside=${id}`,
  setup: (id: string) => `/settings/zoom-apps/${id}`,
  zoom_app: (id: string) => `/settings/zoom-apps?app=${id}`,
  connections: () => '/settings/connections',
  /** Of one app, by its name. */
  disconnected: (app: string) =>
    `/settings/connections?${new URLSearchParams({ state: 'disconnected', q: app }).toString()}`,
  reports: () => '/reports',
  people: () => '/people',
  licences: () => '/people/licences',
  webhooks: () => '/places/webhooks',
  delivery: (id: string) => `/places/webhooks?message=${id}`,
  workspace: () => '/settings/workspace',
  meeting_defaults: () => '/settings/meeting-defaults',
  api_keys: () => '/settings/api-keys',
  audit: () => '/settings/audit',
  jobs: () => '/settings/jobs',
} as const

export const outside = {
  api_docs: () => new URL('api/docs', hub_url).href,
  usage_csv: (query: Record<string, string>) => csvOf('api/v1/reports/usage.csv', query),
  audit_csv: (query: Record<string, unknown>) => csvOf('api/v1/audit.csv', query),
  deliveries_csv: (query: Record<string, unknown>) => csvOf('api/v1/deliveries', { ...query, format: 'csv' }),
  events_csv: (query: Record<string, unknown>) => csvOf('api/v1/events.csv', query),
  holders_csv: (id: string, query: Record<string, unknown>) => csvOf(`api/v1/licences/${id}/holders.csv`, query),
  leases_csv: (id: string, query: Record<string, unknown>) => csvOf(`api/v1/licences/${id}/leases.csv`, query),
  placements_csv: (id: string, query: Record<string, unknown>) => csvOf(`api/v1/places/${id}/placements.csv`, query),
  /** The lists that are a table under their own name. */
  list_csv: (
    list:
      | 'jobs/dead'
      | 'zoom_apps'
      | 'connections'
      | 'zoom_users'
      | 'persons'
      | 'places'
      | 'members'
      | 'api_keys'
      | 'subscriptions',
    query: Record<string, unknown>,
  ) => csvOf(`api/v1/${list}.csv`, query),
  support_report: () => new URL('api/v1/support_report', hub_url).href,
} as const

function csvOf(path: string, query: Record<string, unknown>): string {
  const url = new URL(path, hub_url)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
  return url.href
}
