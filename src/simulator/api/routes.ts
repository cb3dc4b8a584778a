import type { ApiRoutes } from './call.ts'
import { dashboardRoutes } from './dashboards.ts'
import { meetingRoutes } from './meetings.ts'
import { pastMeetingRoutes } from './past-meetings.ts'
import { recordingRoutes } from './recordings.ts'
import { reportRoutes } from './reports.ts'
import { startTokenRoutes } from './start-tokens.ts'
import { userSettingsRoutes } from './user-settings.ts'
import { userRoutes } from './users.ts'
import { webinarRoutes } from './webinars.ts'

/** All of Zoom's operations that the simulator plays. */
export const apiRoutes: ApiRoutes = {
  ...userRoutes,
  ...userSettingsRoutes,
  ...startTokenRoutes,
  ...meetingRoutes,
  ...webinarRoutes,
  ...pastMeetingRoutes,
  ...reportRoutes,
  ...dashboardRoutes,
  ...recordingRoutes,
}
