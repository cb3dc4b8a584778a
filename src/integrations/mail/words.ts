import type { Connection } from '#hub/resources.ts'

/** What is written when Zoom can be asked no more in the name of a user or an account. */
export function connectionLost(
  { zoom_app_name, zoom_user_email, kind, reconnect, waiting_jobs }: Connection,
  failure: NonNullable<Connection['failure']>,
  publicUrl: string,
): { subject: string; text: string } {
  const whose = kind === 'user_managed' && zoom_user_email ? `the Zoom account ${zoom_user_email}` : 'your Zoom account'
  const lines = [
    `Greenroom works with ${whose} through the Zoom app ${zoom_app_name}. Since ${new Date(failure.at).toUTCString()} it cannot:`,
    `  ${failure.message}`,
    'What to do:',
    `  ${reconnect?.message ?? 'Connect it again'}\n  ${reconnect?.url ?? publicUrl}`,
    waiting_jobs > 0
      ? `Until then its meetings are neither planned nor followed; ${waiting_jobs === 1 ? 'one piece of work waits' : `${waiting_jobs} pieces of work wait`} for that. Nothing is lost.`
      : 'Until then its meetings are neither planned nor followed. Nothing is lost.',
    `Sent by Greenroom, ${publicUrl}`,
  ]
  return { subject: `Zoom is disconnected: ${zoom_app_name}`, text: `${lines.join('\n\n')}\n` }
}
