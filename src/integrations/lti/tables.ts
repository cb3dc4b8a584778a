import type { JWK } from 'jose'
import type { Kysely } from 'kysely'
import type { Db, Tables } from '#store/db.ts'

/** The tables of this integration; they hold ids of the hub and are never joined with its tables. */
export type LtiTables = {
  lti_key: { kid: string; private_jwk: Buffer; public_jwk: JWK; created_at: Date }
  lti_platform: {
    place_id: string
    workspace_id: string
    issuer: string
    client_id: string
    authorization_endpoint: string
    token_endpoint: string
    jwks_uri: string
    entered: unknown
    product: string | null
    created_at: Date
  }
  lti_deployment: { place_id: string; deployment_id: string }
  lti_registration: {
    token_hash: Buffer
    workspace_id: string
    name: string
    actor: string
    created_at: Date
    expires_at: Date
    used_at: Date | null
  }
  lti_login: {
    state_hash: Buffer
    place_id: string
    browser_hash: Buffer
    nonce: string
    expires_at: Date
    used_at: Date | null
  }
  lti_user: { place_id: string; user_id: string; person_id: string; name: string | null; email: string | null }
  lti_member: { place_id: string; context_id: string; user_id: string; role: LtiRole }
  lti_content: {
    ref: string
    place_id: string
    meeting_id: string
    title: string
    points: number | null
    policy: Policy
    created_at: Date
  }
  lti_link: {
    placement_id: string
    place_id: string
    context_id: string
    resource_link_id: string
    lineitems_url: string | null
    lineitem_url: string | null
    memberships_url: string | null
    points: number | null
    policy: Policy
  }
  lti_score: {
    placement_id: string
    user_id: string
    score: number
    comment: string
    refused: string | null
    sent_at: Date
  }
  lti_session: {
    token_hash: Buffer
    place_id: string
    browser_hash: Buffer
    user_id: string
    role: LtiRole
    placement_id: string | null
    deep_linking: unknown
    expires_at: Date
  }
}

export type LtiRole = 'teacher' | 'learner' | 'other'

/** How several sessions of one series become one grade. */
export type Policy = 'best' | 'last' | 'mean' | 'sum'

/** The same handle, or transaction, with our tables in view. */
export const tables = (db: Db): Kysely<Tables & LtiTables> => db.withTables<LtiTables>()
