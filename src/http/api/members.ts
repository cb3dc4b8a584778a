import { z } from 'zod'
import type { Caller } from '#http/identity.ts'
import { apiRoute, ok } from '#hub/api-route.ts'
import { invitations, invite, revokeInvitation } from '#hub/invitations.ts'
import { changeMember, members, removeMember, signOutMember } from '#hub/members.ts'
import { endOwnSession, ownSessions } from '#hub/own-sessions.ts'
import { listing, words } from '#hub/listing.ts'
import * as resources from '#hub/resources.ts'
import { nothing } from './nothing.ts'
import { id } from './params.ts'

const tags = ['Members']
const all = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) })

export const memberRoutes = [
  ...listing({
    path: '/api/v1/members',
    auth: 'admin',
    tags,
    summary: 'Who belongs to the workspace',
    filter: z.object({ q: words.describe('Words in name or e-mail') }),
    item: resources.member,
    columns: {
      id: ({ id }) => id,
      name: ({ name }) => name,
      email: ({ email }) => email,
      role: ({ role }) => role,
      two_factor: ({ two_factor }) => String(two_factor),
      last_seen_at: ({ last_seen_at }) => last_seen_at,
      joined_at: ({ joined_at }) => joined_at,
    },
    read: members,
  }),
  apiRoute({
    method: 'PATCH',
    path: '/api/v1/members/:id',
    auth: 'admin',
    schema: {
      summary: 'Give a member another role',
      tags,
      params: id,
      body: z.object({ role: resources.role }).strict(),
      response: { 200: resources.member },
    },
    handle: async ({ identity, params, body }, hub) => ok(await changeMember(hub, identity, params.id, body.role)),
  }),
  apiRoute({
    method: 'DELETE',
    path: '/api/v1/members/:id',
    auth: 'admin',
    schema: { summary: 'Take a member out of the workspace', tags, params: id, response: { 204: nothing } },
    handle: async ({ identity, params }, hub) => {
      await removeMember(hub, identity, params.id)
      return { status: 204 }
    },
  }),
  apiRoute({
    method: 'DELETE',
    path: '/api/v1/members/:id/sessions',
    auth: 'admin',
    schema: {
      summary: 'Sign a member out everywhere',
      tags,
      params: id,
      response: { 200: z.object({ ended: z.number().int() }) },
    },
    handle: async ({ identity, params }, hub) => ok(await signOutMember(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/invitations',
    auth: 'admin',
    schema: { summary: 'Invitations that may still be accepted', tags, response: { 200: all(resources.invitation) } },
    handle: async ({ identity }, hub) => ok(await invitations(hub, identity)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/invitations',
    auth: 'admin',
    schema: {
      summary: 'Invite somebody; the link to hand on is shown this once',
      tags,
      body: resources.invitation.pick({ email: true, role: true }).strict(),
      response: { 201: resources.invitation.extend({ url: z.string().describe('Shown this once; good for a week') }) },
    },
    handle: async ({ identity, body }, hub) => ({ status: 201, body: await invite(hub, identity, body) }),
  }),
  apiRoute({
    method: 'DELETE',
    path: '/api/v1/invitations/:id',
    auth: 'admin',
    schema: { summary: 'Take an invitation back', tags, params: id, response: { 204: nothing } },
    handle: async ({ identity, params }, hub) => {
      await revokeInvitation(hub, identity, params.id)
      return { status: 204 }
    },
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/me/sessions',
    auth: 'signed_in',
    schema: {
      summary: 'Where you are signed in; none for an API key',
      tags: ['You'],
      response: { 200: all(resources.signInSession) },
    },
    handle: async ({ identity }, hub) => {
      const { user }: Caller = identity
      return ok({ items: user ? await ownSessions(hub, user) : [] })
    },
  }),
  apiRoute({
    method: 'DELETE',
    path: '/api/v1/me/sessions/:id',
    auth: 'signed_in',
    schema: { summary: 'End one of your sessions', tags: ['You'], params: id, response: { 204: nothing } },
    handle: async ({ identity, params }, hub) => {
      const { user }: Caller = identity
      await endOwnSession(hub, user?.id, params.id)
      return { status: 204 }
    },
  }),
]
