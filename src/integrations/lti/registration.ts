import { z } from 'zod'
import { InputError, NotFoundError } from '#core/errors.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { askPlatform, PlatformRefusedError } from './ask-platform.ts'
import { newSecret } from './browser.ts'
import { hashOf } from '#core/hashed.ts'
import { keepPlatform, type NewPlatform } from './platforms.ts'
import { tables } from './tables.ts'
import { registrationOf, toolConfigurationClaim } from './tool.ts'

const goodFor_ms = 7 * 86_400_000

/** A registration URL for an LMS administrator to paste: good once, for a week. */
export async function newRegistration(
  hub: Hub,
  actor: Actor,
  name: string,
): Promise<{ registration_url: string; expires_at: string }> {
  const token = newSecret(hub.runtime)
  const now = hub.runtime.now()
  const expires_at = new Date(now + goodFor_ms)
  await tables(hub.db)
    .insertInto('lti_registration')
    .values({
      token_hash: hashOf(token),
      workspace_id: actor.workspace_id,
      name,
      actor: actor.name,
      created_at: new Date(now),
      expires_at,
      used_at: null,
    })
    .execute()
  return { registration_url: `${hub.publicUrl}/lti/register/${token}`, expires_at: expires_at.toISOString() }
}

/** The registration that a URL stands for. @throws NotFoundError when there is none, it was used or is too old. */
export async function registrationOfToken(hub: Hub, token: string): Promise<{ name: string }> {
  const row = await waiting(hub, token).executeTakeFirst()
  if (!row)
    throw new NotFoundError('This registration URL was used before, or is too old. Make a new one in Greenroom.')
  return row
}

const waiting = (hub: Hub, token: string) =>
  tables(hub.db)
    .selectFrom('lti_registration')
    .select(['workspace_id', 'name', 'actor'])
    .where('token_hash', '=', hashOf(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', new Date(hub.runtime.now()))

const httpUrl = z.url({ protocol: /^https?$/ })

/** https://www.imsglobal.org/spec/lti-dr/v1p0#platform-configuration */
const openidConfiguration = z.object({
  issuer: httpUrl,
  authorization_endpoint: httpUrl,
  token_endpoint: httpUrl,
  jwks_uri: httpUrl,
  registration_endpoint: httpUrl,
  'https://purl.imsglobal.org/spec/lti-platform-configuration': z
    .object({ product_family_code: z.string().max(100).optional() })
    .optional(),
})

const registered = z.object({
  client_id: z.string().min(1).max(255),
  [toolConfigurationClaim]: z.object({ deployment_id: z.string().min(1).max(255).optional() }).optional(),
})

/**
 * Registers us at the platform whose configuration is at `openid_configuration`, with the token it gave; answers its issuer. The same
 * platform may do so again, to bring us up to date: then it answers with the client id that it gave us before.
 * @throws NotFoundError for the token, InputError for what the platform says wrongly, ConflictError, UnavailableError.
 */
export async function register(
  hub: Hub,
  token: string,
  asked: { openid_configuration: string; registration_token: string | undefined },
): Promise<{ issuer: string; name: string }> {
  return hub.db.transaction().execute(async (trx) => {
    // Held until the end: a second click waits, and then finds the URL used.
    const row = await waiting({ ...hub, db: trx }, token)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw new NotFoundError('This registration URL was used before, or is too old.')
    const platform = await introduce(hub, row.name, asked)
    await keepPlatform(hub, trx, { workspace_id: row.workspace_id, name: row.actor }, platform)
    await tables(trx)
      .updateTable('lti_registration')
      .set({ used_at: new Date(hub.runtime.now()) })
      .where('token_hash', '=', hashOf(token))
      .execute()
    return { issuer: platform.issuer, name: row.name }
  })
}

async function introduce(
  hub: Hub,
  name: string,
  {
    openid_configuration,
    registration_token,
  }: { openid_configuration: string; registration_token: string | undefined },
): Promise<NewPlatform> {
  // The administrator who opens the one-time URL from the LMS vouches for the LMS's origin, and for no other.
  const entered = [new URL(openid_configuration).origin]
  const said = await read(openidConfiguration, () => askPlatform(hub, { entered }, openid_configuration))
  // https://www.imsglobal.org/spec/lti-dr/v1p0#issuer-and-openid-configuration-url-match
  if (new URL(said.issuer).host !== new URL(openid_configuration).host)
    throw new InputError(`${said.issuer} is not where its configuration came from (${entered[0]})`)
  const answer = await read(registered, () =>
    askPlatform(hub, { entered }, said.registration_endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(registration_token ? { authorization: `Bearer ${registration_token}` } : {}),
      },
      body: JSON.stringify(registrationOf(hub)),
    }),
  )
  const deployment_id = answer[toolConfigurationClaim]?.deployment_id
  return {
    name,
    issuer: said.issuer,
    client_id: answer.client_id,
    authorization_endpoint: said.authorization_endpoint,
    token_endpoint: said.token_endpoint,
    jwks_uri: said.jwks_uri,
    entered,
    product: said['https://purl.imsglobal.org/spec/lti-platform-configuration']?.product_family_code ?? null,
    deployment_ids: deployment_id ? [deployment_id] : [],
  }
}

/** What the platform answered, as far as it is what the standard says. */
async function read<T>(schema: z.ZodType<T>, ask: () => Promise<Response>): Promise<T> {
  try {
    return schema.parse(await (await ask()).json())
  } catch (error) {
    if (error instanceof PlatformRefusedError) throw new InputError(`The LMS refused: ${error.message}`)
    if (error instanceof z.ZodError || error instanceof SyntaxError)
      throw new InputError(
        `The LMS did not answer as LTI says: ${error instanceof z.ZodError ? z.prettifyError(error) : error.message}`,
      )
    throw error
  }
}
