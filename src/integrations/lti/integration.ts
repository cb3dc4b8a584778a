import type { Integration } from '#hub/integration.ts'
import { apiRoutes } from './api.ts'
import { checkPlace, doctor } from './doctor.ts'
import { gradeEverywhere, sendGrades } from './grades/send.ts'
import { routes } from './routes.ts'
import { forgetOld } from './sessions.ts'

/** Meetings in the courses of an LMS, by LTI 1.3 Advantage. */
export const lti: Integration = {
  name: 'lti',
  migrations: new URL('./migrations/', import.meta.url),
  sealed: [{ table: 'lti_key', key: 'kid', column: 'private_jwk', boundTo: (kid) => kid }],
  routes: () => [...routes, ...apiRoutes],
  on: {
    'session.ended': ({ meeting_id }, hub) => gradeEverywhere(hub, meeting_id),
    'attendance.changed': async ({ meeting_id, payload: { source } }, hub) =>
      source !== 'events'
        ? gradeEverywhere(hub, meeting_id)
        : { outcome: 'ignored', reason: 'grades wait for the end of the session' },
  },
  jobs: { lti_grade: sendGrades },
  cron: [{ name: 'lti_forget', schedule: '41 3 * * *', run: forgetOld }],
  doctor,
  checkPlace,
}
