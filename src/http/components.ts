import { z } from 'zod'
import { meetingImport, meetingImportRow } from '#hub/meetings/import/resources.ts'
import { registrant } from '#hub/registrants/resources.ts'
import { replay } from '#hub/replays/resources.ts'
import * as resources from '#hub/resources.ts'
import { me } from './api/me.ts'
import { problem } from './problem.ts'

// The schemas that have a name in the documentation, and in the types that are made from it.
const components = {
  ApiKey: resources.apiKey,
  AppScopes: resources.appScopes,
  AuditEntry: resources.auditEntry,
  Attendance: resources.attendance,
  Attendee: resources.attendee,
  CancelRequest: resources.cancelRequest,
  Connection: resources.connection,
  ConnectionsOfApp: resources.connectionsOfApp,
  DeadJob: resources.deadJob,
  Event: resources.event,
  EventState: resources.eventState,
  EventWithPayload: resources.eventWithPayload,
  Finding: resources.finding,
  HostOptions: resources.hostOptions,
  Me: me,
  Meeting: resources.meeting,
  MeetingImport: meetingImport,
  MeetingImportRow: meetingImportRow,
  MeetingDefault: resources.meetingDefault,
  MeetingChange: resources.meetingChange,
  MeetingPreview: resources.meetingPreview,
  MeetingState: resources.meetingState,
  Gap: resources.gap,
  JobsNow: resources.jobsNow,
  Invitation: resources.invitation,
  Member: resources.member,
  NewMeeting: resources.newMeeting,
  NewZoomApp: resources.newZoomApp,
  Occurrence: resources.occurrence,
  OccurrenceChange: resources.occurrenceChange,
  Person: resources.person,
  Place: resources.place,
  Placement: resources.placement,
  PlannedMeeting: resources.plannedMeeting,
  Presence: resources.presence,
  PreviewRequest: resources.previewRequest,
  Purpose: resources.purpose,
  PutRequest: resources.putRequest,
  Problem: problem,
  Quota: resources.quota,
  Recording: resources.recording,
  Summary: resources.summary,
  Registrant: registrant,
  Replay: replay,
  Role: resources.role,
  Session: resources.session,
  SignInSession: resources.signInSession,
  Setup: resources.setup,
  SetupGuide: resources.setupGuide,
  SetupStep: resources.setupStep,
  Trial: resources.trial,
  Unmatched: resources.unmatched,
  Usage: resources.usage,
  WorkspaceChange: resources.workspaceChange,
  WorkspaceSettings: resources.workspaceSettings,
  View: resources.view,
  ZoomApp: resources.zoomApp,
  ZoomAppChange: resources.zoomAppChange,
  ZoomUser: resources.zoomUser,
} satisfies Record<string, z.ZodType>

for (const [id, schema] of Object.entries(components))
  z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id })
