// What our API speaks, as schemas: answers and requests are checked, documented and typed by the same lines. Zoom's fields
// keep Zoom's names and meaning (https://developers.zoom.us/docs/api/meetings/). Each group is a file of resources/.

export * from './resources/common.ts'
export * from './resources/connections.ts'
export * from './resources/events.ts'
export * from './resources/jobs.ts'
export * from './resources/meeting-options.ts'
export * from './resources/meetings.ts'
export * from './resources/new-meetings.ts'
export * from './resources/persons.ts'
export * from './resources/places.ts'
export * from './resources/reports.ts'
export * from './resources/sessions.ts'
export * from './resources/setup.ts'
export * from './resources/workspace.ts'
export * from './resources/zoom-apps.ts'
export * from './resources/zoom-users.ts'
