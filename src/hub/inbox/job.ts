import type { Job } from '#hub/integration.ts'

/** One job for each meeting: its key and its queue are the subject, as store/events.ts writes them in SQL. */
export const inboxJob = (workspace_id: string, subject: string): Job => ({
  task: 'inbox',
  payload: { workspace_id, subject },
  queue: `inbox:${workspace_id}:${subject}`,
  key: `inbox:${workspace_id}:${subject}`,
})
