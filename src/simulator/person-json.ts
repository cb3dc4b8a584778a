import type { Person, World } from './state.ts'
import { utc } from './time.ts'

/** The number and the name of each. */
export const roles = { owner: ['0', 'Owner'], admin: ['1', 'Admin'], member: ['2', 'Member'] } as const

export const roleId = ({ role }: Person): string => roles[role][0]

/** A user as the list tells. */
export const listedPersonJson = (person: Person): object => ({
  id: person.id,
  first_name: person.first_name,
  last_name: person.last_name,
  display_name: person.display_name,
  email: person.email,
  type: person.type,
  pmi: person.pmi,
  timezone: person.timezone,
  verified: person.verified && person.status !== 'pending' ? 1 : 0,
  dept: person.dept,
  created_at: utc(person.created_at),
  user_created_at: utc(person.created_at),
  ...(person.last_login_time !== undefined && {
    last_login_time: utc(person.last_login_time),
    last_client_version: '6.2.0.1855(linux)',
  }),
  group_ids: [],
  im_group_ids: [],
  division_ids: [],
  status: person.status,
  role_id: roleId(person),
  license_info_list: person.type === 2 ? [licence] : [],
})

/** A user as asked for alone: with the account and the profile. */
export const personJson = (world: World, person: Person): object => ({
  ...listedPersonJson(person),
  role_name: roles[person.role][1],
  use_pmi: false,
  personal_meeting_url: `https://us02web.zoom.us/j/${person.pmi}`,
  language: person.language,
  account_id: world.account.id,
  account_number: world.account.number,
  cluster: 'us02',
  jid: `${person.id.toLowerCase()}@xmpp.zoom.us`,
  login_types: person.creation_type === 'custCreate' ? [99] : [100],
  phone_country: '',
  phone_number: '',
  phone_numbers: [],
  job_title: '',
  location: '',
  company: '',
  cost_center: '',
  manager: '',
  pic_url: '',
  vanity_url: '',
  pronouns: '',
  pronouns_option: 3,
  custom_attributes: [],
  ...person.profile,
})

const licence = { license_type: 'MEETING', license_option: 2, subscription_id: 'SUBREF-simulator' }
