import type { Purpose, ZoomApp } from '../../api.d.ts'
import { t } from '../../language.ts'

interface PurposeWords {
  name: string
  means: string
  /** Where meetings are shown, or what else is done with Zoom. */
  group: 'places' | 'work'
}

export const purposeWords: Record<Purpose, PurposeWords> = {
  lms: { group: 'places', name: t('Courses'), means: t('Moodle, Canvas and other LMS') },
  chat: { group: 'places', name: t('Chat'), means: t('Mattermost: /zoom and posts in channels') },
  web_site: { group: 'places', name: t('Web sites'), means: t('Pages and cards, joining in the browser') },
  bots: { group: 'places', name: t('Meeting bots'), means: t('Bots that join on behalf of people') },
  reports: { group: 'work', name: t('Exact attendance'), means: t('Corrected by Zoom’s reports') },
  recordings: { group: 'work', name: t('Recordings'), means: t('Found, shown and followed') },
  summaries: { group: 'work', name: t('Summaries'), means: t('What AI Companion wrote, beside the recordings') },
  webinars: { group: 'work', name: t('Webinars'), means: t('Planned and attended like meetings') },
  licences: { group: 'work', name: t('Licences'), means: t('A pool of seats that move between hosts') },
  tracking_fields: { group: 'work', name: t('Tracking fields'), means: t('The account’s own fields at each meeting') },
}

export const groupWords = { places: t('Where meetings shall be'), work: t('What else') } as const

type Kind = ZoomApp['kind']

interface KindWords {
  name: string
  is: string
  /** Whoever has to be there. */
  takes: string
  /** Each sentence is one thing to do at Zoom’s Marketplace; “<zoom>” leads there and is called by its host. */
  make: string[]
}

const open = t('Sign in at <zoom>marketplace.zoom.us</zoom> and choose “Develop”, “Build App”.')

/** What makes a second app, for the Meeting SDK alone, beside one that has no page “Embed”. */
export const makeBeside = [
  open,
  t('Choose “General App” and press “Create”; then name it “Greenroom in the browser” with the pencil at the top.'),
  t('Page “Basic Information”: choose “Admin-managed”, and copy Client ID and Client Secret into the form below.'),
  t(
    'On the same page, under “OAuth Information”: paste the OAuth redirect URL, and add it to the “OAuth Allow Lists”.',
  ),
  t('Page “Embed”: switch on “Meeting SDK”.'),
]

export const kindGuide: Record<Kind, KindWords> = {
  server_to_server: {
    name: t('Server-to-Server OAuth app'),
    is: t('Works for the whole account, and nobody has to consent'),
    takes: t('An administrator of the Zoom account makes it'),
    make: [
      open,
      t('Choose “Server-to-Server OAuth App”, name it “Greenroom” and press “Create”.'),
      t('Page “App Credentials”: copy Account ID, Client ID and Client Secret into the form below.'),
      t('Page “Information”: enter a short description, the company’s name, and a name and e-mail of the developer.'),
    ],
  },
  admin_managed: {
    name: t('General app, admin-managed'),
    is: t('An administrator consents once, for everybody in the account'),
    takes: t('A developer makes it, an administrator of the Zoom account consents'),
    make: [
      open,
      t('Choose “General App” and press “Create”; then name it “Greenroom” with the pencil at the top.'),
      t('Page “Basic Information”: choose “Admin-managed”, and copy Client ID and Client Secret into the form below.'),
      t(
        'On the same page, under “OAuth Information”: paste the OAuth redirect URL, and add it to the “OAuth Allow Lists”.',
      ),
    ],
  },
  user_managed: {
    name: t('General app, user-managed'),
    is: t('Each person consents for their own meetings'),
    takes: t('A developer makes it, everybody consents for themselves'),
    make: [
      open,
      t('Choose “General App” and press “Create”; then name it “Greenroom” with the pencil at the top.'),
      t('Page “Basic Information”: choose “User-managed”, and copy Client ID and Client Secret into the form below.'),
      t(
        'On the same page, under “OAuth Information”: paste the OAuth redirect URL, and add it to the “OAuth Allow Lists”.',
      ),
    ],
  },
}
