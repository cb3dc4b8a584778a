import { isRefusal, type MattermostClient } from './client.ts'
import type { ServerRow } from './tables.ts'

/**
 * The e-mail address of a Mattermost user, if the server vouches for it: anybody may enter any address in a profile, and would then
 * hold meetings as its owner. Vouched for is what a sign-in service (LDAP, SAML …) brought, what the server made the user verify,
 * and everything on a server whose administrator said so here.
 */
export async function emailOf(
  client: MattermostClient,
  { trust_emails }: Pick<ServerRow, 'trust_emails'>,
  user_id: string,
): Promise<{ email: string } | { refused: string }> {
  const [user, verifies] = await Promise.all([client.getUser(user_id), trust_emails || verifiesEmails(client)])
  if (!user.email)
    return {
      refused:
        'This server hides e-mail addresses, so you cannot be found at Zoom. An administrator turns on “Show Email Address” in the System Console, or gives the bot the role of a system administrator.',
    }
  if (!verifies && !user.auth_service)
    return {
      refused:
        'This server does not verify e-mail addresses, so yours does not prove who you are at Zoom. An administrator turns on “Require Email Verification” in the System Console, or sets trust_emails for this server in Greenroom.',
    }
  return { email: user.email }
}

/** Whether the server lets nobody in before they have verified their address. */
export async function verifiesEmails(client: MattermostClient): Promise<boolean> {
  try {
    const { RequireEmailVerification } = await client.getClientConfig()
    return RequireEmailVerification === 'true'
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}
