import type { ApiRoutes } from './call.ts'
import { accountRoutes } from './account.ts'
import { archiveRoutes } from './archive.ts'
import { assistantRoutes } from './assistants.ts'
import { captionTokenRoutes } from './caption-tokens.ts'
import { dashboardPeopleRoutes } from './dashboard-people.ts'
import { dashboardQosRoutes } from './dashboard-qos.ts'
import { dashboardRoutes } from './dashboards.ts'
import { eventSubscriptionRoutes } from './event-subscriptions.ts'
import { groupRoutes } from './groups.ts'
import { inviteLinkRoutes } from './invite-links.ts'
import { liveChatRoutes } from './live-chat.ts'
import { liveMeetingRoutes } from './live-meetings.ts'
import { livestreamRoutes } from './livestream.ts'
import { marketplaceRoutes } from './marketplace.ts'
import { meetingActivityRoutes } from './meeting-activities.ts'
import { meetingSummaryRoutes } from './meeting-summaries.ts'
import { meetingRoutes } from './meetings.ts'
import { panelistRoutes } from './panelists.ts'
import { pastMeetingRoutes } from './past-meetings.ts'
import { pastWebinarRoutes } from './past-webinars.ts'
import { pollRoutes } from './polls.ts'
import { recordingAnalyticsRoutes } from './recording-analytics.ts'
import { recordingRegistrantRoutes } from './recording-registrants.ts'
import { recordingRoutes } from './recordings.ts'
import { registrantRoutes } from './registrants.ts'
import { reportRoutes } from './reports.ts'
import { roleRoutes } from './roles.ts'
import { startTokenRoutes } from './start-tokens.ts'
import { surveyRoutes } from './surveys.ts'
import { templateRoutes } from './templates.ts'
import { trackingFieldRoutes } from './tracking-fields.ts'
import { trackingSourceRoutes } from './tracking-sources.ts'
import { transcriptRoutes } from './transcripts.ts'
import { usageReportRoutes } from './usage-reports.ts'
import { userAccountRoutes } from './user-account.ts'
import { userSettingsRoutes } from './user-settings.ts'
import { userRoutes } from './users.ts'
import { webinarRoutes } from './webinars.ts'

/** All of Zoom's operations that the simulator plays. */
export const apiRoutes: ApiRoutes = {
  ...userRoutes,
  ...userSettingsRoutes,
  ...userAccountRoutes,
  ...assistantRoutes,
  ...groupRoutes,
  ...roleRoutes,
  ...trackingFieldRoutes,
  ...accountRoutes,
  ...startTokenRoutes,
  ...captionTokenRoutes,
  ...meetingRoutes,
  ...webinarRoutes,
  ...registrantRoutes,
  ...panelistRoutes,
  ...livestreamRoutes,
  ...liveMeetingRoutes,
  ...liveChatRoutes,
  ...meetingSummaryRoutes,
  ...pollRoutes,
  ...surveyRoutes,
  ...inviteLinkRoutes,
  ...trackingSourceRoutes,
  ...templateRoutes,
  ...transcriptRoutes,
  ...pastMeetingRoutes,
  ...pastWebinarRoutes,
  ...reportRoutes,
  ...usageReportRoutes,
  ...meetingActivityRoutes,
  ...dashboardRoutes,
  ...dashboardPeopleRoutes,
  ...dashboardQosRoutes,
  ...recordingRoutes,
  ...recordingRegistrantRoutes,
  ...recordingAnalyticsRoutes,
  ...marketplaceRoutes,
  ...eventSubscriptionRoutes,
  ...archiveRoutes,
}
