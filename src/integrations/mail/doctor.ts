import type { Hub } from '#hub/hub.ts'
import type { Finding } from '#hub/integration.ts'

/** Where a mail server is named, it must take what is handed in. */
export async function mailDoctor({ mail }: Hub): Promise<Finding[]> {
  if (!mail) return []
  try {
    await mail.check()
    return [{ check: 'mail', state: 'ok', message: `Mail is handed in at ${mail.host}` }]
  } catch (error) {
    return [
      {
        check: 'mail',
        state: 'failed',
        message: `The mail server ${mail.host} does not take mail: ${error instanceof Error ? error.message : String(error)}`,
        fix: 'Whoever runs Greenroom compares SMTP_URL (host, port, user, password) with what the mail server expects',
      },
    ]
  }
}
