import type { Integration } from '#hub/integration.ts'
import { mailDoctor } from './doctor.ts'
import { tellWhoCanMend } from './lost.ts'

/** Mail to those who can mend what broke: docs/operating.md. */
export const mail: Integration = {
  name: 'mail',
  on: { 'connection.changed': tellWhoCanMend },
  doctor: mailDoctor,
}
