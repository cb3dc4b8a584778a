import type { Route } from '#hub/integration.ts'
import { apiKeyRoutes } from './api-keys.ts'
import { attendanceRoutes } from './attendance.ts'
import { auditRoutes } from './audit.ts'
import { connectionRoutes } from './connections.ts'
import { deletionRoutes } from './deletions.ts'
import { doctorRoutes } from './doctor.ts'
import { eventRoutes } from './events.ts'
import { gapRoutes } from './gaps.ts'
import { licenceRoutes } from './licences.ts'
import { meRoutes } from './me.ts'
import { memberRoutes } from './members.ts'
import { meetingImportRoutes } from './meeting-imports.ts'
import { meetingDefaultRoutes } from './meeting-defaults.ts'
import { meetingRoutes } from './meetings.ts'
import { placeRoutes } from './places.ts'
import { quotaRoutes } from './quota.ts'
import { recordingRoutes } from './recordings.ts'
import { registrantRoutes } from './registrants.ts'
import { replayRoutes } from './replays.ts'
import { reportRoutes } from './reports.ts'
import { sessionRoutes } from './sessions.ts'
import { summaryRoutes } from './summaries.ts'
import { workspaceRoutes } from './workspace.ts'
import { viewRoutes } from './views.ts'
import { zoomAppRoutes } from './zoom-apps.ts'
import { zoomUserRoutes } from './zoom-users.ts'

/** Our API, in the order in which its documentation tells it. */
export const apiRoutes: readonly Route[] = [
  ...meRoutes,
  ...workspaceRoutes,
  ...zoomAppRoutes,
  ...connectionRoutes,
  ...deletionRoutes,
  ...zoomUserRoutes,
  ...meetingDefaultRoutes,
  ...licenceRoutes,
  ...meetingRoutes,
  ...meetingImportRoutes,
  ...registrantRoutes,
  ...sessionRoutes,
  ...attendanceRoutes,
  ...recordingRoutes,
  ...summaryRoutes,
  ...placeRoutes,
  ...eventRoutes,
  ...replayRoutes,
  ...gapRoutes,
  ...doctorRoutes,
  ...quotaRoutes,
  ...reportRoutes,
  ...viewRoutes,
  ...memberRoutes,
  ...apiKeyRoutes,
  ...auditRoutes,
]
