import { readFileSync } from 'node:fs'

interface PageOfConsole {
  path: string
  title: string
  /** Its lists that grow by pages, by their names; of those that stand elsewhere than at its path, where. */
  lists: (string | { label: string; path: string })[]
}

/** An address for each page of the console, made of what is in the world of a test. The list of pages is the router's. */
export function pagesOf(known: { meeting: string; zoom_app: string }): (PageOfConsole & { name: string })[] {
  const router = readFileSync('web/console/Console.tsx', 'utf8')
  const names = [...router.matchAll(/<Route\s+path=\{paths\.(\w+)\(/g)].map(([, name = '']) => name)
  return names
    .filter((name) => name !== 'sign_in')
    .map((name) => {
      const page = addresses(known)[name]
      if (!page) throw new Error(`The page ${name} of the router is not looked at: give it an address here`)
      return { name: name.replaceAll('_', '-'), ...page }
    })
}

/** Every address at which something else is to be seen: the pages, where their other lists stand, and what opens over them. */
export function viewsOf(known: { meeting: string; zoom_app: string }): string[] {
  const views = pagesOf(known).flatMap(({ path, lists }) => [path, ...lists.flatMap((list) => ownAddress(path, list))])
  return [...new Set([...views, ...opened(known), '/no-such-page'])]
}

const ownAddress = (page: string, list: PageOfConsole['lists'][number]): string[] =>
  typeof list === 'string' ? [] : [(page.split('?')[0] ?? '') + list.path]

const opened = ({ zoom_app }: { zoom_app: string }): string[] => [
  '/meetings?new',
  '/places?new',
  '/places?new=lti',
  '/places?new=mattermost',
  '/places?new=site',
  '/places?new=bots',
  '/settings/zoom-apps?new',
  `/settings/zoom-apps?app=${zoom_app}`,
]

const addresses = ({ meeting, zoom_app }: { meeting: string; zoom_app: string }): Record<string, PageOfConsole> => ({
  home: { path: '/', title: 'Home', lists: [] },
  meetings: { path: '/meetings?when=all', title: 'Meetings', lists: ['Meetings'] },
  import_meetings: { path: '/meetings/import', title: 'Import meetings', lists: ['Imports'] },
  meeting: {
    path: `/meetings/${meeting}`,
    title: '',
    lists: [
      'Places',
      { label: 'Attendance', path: '?session=many_1' },
      { label: 'Registrants', path: '?tab=registrants' },
      { label: 'Recordings', path: '?tab=recordings' },
      { label: 'Events, newest first', path: '?tab=events' },
      { label: 'History', path: '?tab=history' },
    ],
  },
  places: {
    path: '/places',
    title: 'Places',
    lists: ['Places', { label: 'Meetings there', path: '?place=plc_many_1' }],
  },
  people: {
    path: '/people',
    title: 'People',
    lists: [
      'Persons',
      { label: 'Zoom users', path: '?of=zoom' },
      { label: 'Known by name only', path: '?of=unmatched' },
    ],
  },
  licences: { path: '/people/licences', title: 'Licences', lists: ['Who has a licence', 'What was lent'] },
  webhooks: { path: '/places/webhooks', title: 'Webhooks', lists: ['Webhooks', 'Messages'] },
  meeting_defaults: { path: '/settings/meeting-defaults', title: 'Meeting defaults', lists: [] },
  workspace: { path: '/settings/workspace', title: 'Workspace', lists: [] },
  reports: { path: '/reports', title: 'Reports', lists: [{ label: 'By host', path: '?by=host' }] },
  events: { path: '/events', title: 'Events', lists: ['Events, newest first'] },
  zoom_apps: { path: '/settings/zoom-apps', title: 'Zoom apps', lists: ['Zoom apps'] },
  connect_zoom: { path: '/settings/zoom-apps/connect', title: 'Connect Zoom', lists: [] },
  setup: { path: `/settings/zoom-apps/${zoom_app}`, title: '', lists: [] },
  connections: { path: '/settings/connections', title: 'Connections', lists: ['Connections'] },
  members: { path: '/settings/members', title: 'Members', lists: ['Members', 'Invited'] },
  api_keys: { path: '/settings/api-keys', title: 'API keys', lists: ['API keys'] },
  jobs: { path: '/settings/jobs', title: 'Jobs', lists: ['Jobs'] },
  audit: { path: '/settings/audit', title: 'Audit log', lists: ['Audit log'] },
  account: { path: '/settings/account', title: 'Your account', lists: [] },
})
