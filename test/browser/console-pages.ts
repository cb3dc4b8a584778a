import { readFileSync } from 'node:fs'

/** An address for each page of the console, made of what is in the world of a test. The list of pages is the router's. */
export function pagesOf(known: { meeting: string; zoom_app: string }): { name: string; path: string; title: string }[] {
  const router = readFileSync('web/console/Console.tsx', 'utf8')
  const names = [...router.matchAll(/<Route path=\{paths\.(\w+)\(/g)].map(([, name = '']) => name)
  return names
    .filter((name) => name !== 'sign_in')
    .map((name) => {
      const page = addresses(known)[name]
      if (!page) throw new Error(`The page ${name} of the router is not looked at: give it an address here`)
      return { name: name.replaceAll('_', '-'), ...page }
    })
}

const addresses = ({ meeting, zoom_app }: { meeting: string; zoom_app: string }) =>
  ({
    home: { path: '/', title: 'Home' },
    meetings: { path: '/meetings?when=all', title: 'Meetings' },
    import_meetings: { path: '/meetings/import', title: 'Import meetings' },
    meeting: { path: `/meetings/${meeting}`, title: '' },
    places: { path: '/places', title: 'Places' },
    people: { path: '/people', title: 'People' },
    licences: { path: '/people/licences', title: 'Licences' },
    webhooks: { path: '/places/webhooks', title: 'Webhooks' },
    meeting_defaults: { path: '/settings/meeting-defaults', title: 'Meeting defaults' },
    workspace: { path: '/settings/workspace', title: 'Workspace' },
    reports: { path: '/reports', title: 'Reports' },
    events: { path: '/events', title: 'Events' },
    zoom_apps: { path: '/settings/zoom-apps', title: 'Zoom apps' },
    connect_zoom: { path: '/settings/zoom-apps/connect', title: 'Connect Zoom' },
    setup: { path: `/settings/zoom-apps/${zoom_app}`, title: '' },
    connections: { path: '/settings/connections', title: 'Connections' },
    members: { path: '/settings/members', title: 'Members' },
    api_keys: { path: '/settings/api-keys', title: 'API keys' },
    jobs: { path: '/settings/jobs', title: 'Jobs' },
    audit: { path: '/settings/audit', title: 'Audit log' },
    account: { path: '/settings/account', title: 'Your account' },
  }) as Record<string, { path: string; title: string }>
