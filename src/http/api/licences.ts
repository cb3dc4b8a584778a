import { z } from 'zod'
import { apiRoute, ok } from '#hub/api-route.ts'
import { readZoomGroups, zoomGroups } from '#hub/licences/groups.ts'
import {
  changePool,
  lendByHand,
  licenceHolders,
  licenceHoldersCsv,
  licenceLease,
  licenceLeases,
  licenceLeasesCsv,
  licencePool,
  licencePools,
  returnByHand,
} from '#hub/licences/pool.ts'
import * as resources from '#hub/licences/resources.ts'
import { pageOf } from '#hub/resources.ts'
import { csvFile, csvReply } from '#hub/csv-file.ts'
import { id } from './params.ts'

const tags = ['Licences']
const noPage = { limit: true, cursor: true } as const
const path = '/api/v1/licences/:id'

/** A pool goes by the id of its connection. */
export const licenceRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/licences',
    auth: 'viewer',
    schema: {
      summary: 'The licences of each Zoom account, and the rules by which they are lent',
      tags,
      response: { 200: z.object({ items: z.array(resources.licencePool) }) },
    },
    handle: async ({ identity }, hub) => ok({ items: await licencePools(hub, identity) }),
  }),
  apiRoute({
    method: 'GET',
    path,
    auth: 'viewer',
    schema: { summary: 'The licences of one connection', tags, params: id, response: { 200: resources.licencePool } },
    handle: async ({ identity, params }, hub) => ok(await licencePool(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'PATCH',
    path,
    auth: 'admin',
    schema: {
      summary: 'Change by which rules licences are lent; switched off, the pool gives back what it lent',
      tags,
      params: id,
      body: resources.licencePoolChange,
      response: { 200: resources.licencePool },
    },
    handle: async ({ identity, params, body }, hub) => ok(await changePool(hub, identity, params.id, body)),
  }),
  apiRoute({
    method: 'GET',
    path: `${path}/holders`,
    auth: 'viewer',
    schema: {
      summary: 'Who holds a licence, since when it is unused, and why it stays',
      tags,
      params: id,
      query: resources.holderFilter,
      response: { 200: pageOf(resources.licenceHolder) },
    },
    handle: async ({ identity, params, query }, hub) => ok(await licenceHolders(hub, identity, params.id, query)),
  }),
  apiRoute({
    method: 'GET',
    path: `${path}/holders.csv`,
    auth: 'viewer',
    schema: {
      summary: 'All holders that fit, as a table',
      tags,
      params: id,
      query: resources.holderFilter.omit(noPage).strict(),
      response: { 200: csvFile },
    },
    handle: async ({ identity, params, query }, hub) =>
      csvReply('licences.csv', await licenceHoldersCsv(hub, identity, params.id, query)),
  }),
  apiRoute({
    method: 'GET',
    path: `${path}/leases`,
    auth: 'viewer',
    schema: {
      summary: 'Every licence that was asked for, newest first',
      tags,
      params: id,
      query: resources.leaseFilter,
      response: { 200: pageOf(resources.licenceLease) },
    },
    handle: async ({ identity, params, query }, hub) => ok(await licenceLeases(hub, identity, params.id, query)),
  }),
  apiRoute({
    method: 'GET',
    path: `${path}/leases.csv`,
    auth: 'viewer',
    schema: {
      summary: 'All leases that fit, as a table',
      tags,
      params: id,
      query: resources.leaseFilter.omit(noPage).strict(),
      response: { 200: csvFile },
    },
    handle: async ({ identity, params, query }, hub) =>
      csvReply('leases.csv', await licenceLeasesCsv(hub, identity, params.id, query)),
  }),
  apiRoute({
    method: 'POST',
    path: `${path}/leases`,
    auth: 'operator',
    schema: {
      summary: 'Lend somebody a licence by hand; the lease tells when they have it',
      tags,
      params: id,
      body: z.object({ zoom_user: z.string().min(1).max(200).describe('E-mail or Zoom’s id') }).strict(),
      response: { 202: resources.licenceLease },
    },
    handle: async ({ identity, params, body }, hub) => ({
      status: 202,
      body: await lendByHand(hub, identity, params.id, body.zoom_user),
    }),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/leases/:id',
    auth: 'viewer',
    schema: { summary: 'Read a lease', tags, params: id, response: { 200: resources.licenceLease } },
    handle: async ({ identity, params }, hub) => ok(await licenceLease(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/leases/:id/return',
    auth: 'operator',
    schema: {
      summary: 'Have a licence given back that was lent; not while its host is in a meeting',
      tags,
      params: id,
      response: { 202: resources.licenceLease },
    },
    handle: async ({ identity, params }, hub) => ({ status: 202, body: await returnByHand(hub, identity, params.id) }),
  }),
  apiRoute({
    method: 'GET',
    path: `${path}/groups`,
    auth: 'viewer',
    schema: {
      summary: 'Zoom’s groups, as they were read last',
      tags,
      params: id,
      response: { 200: z.object({ items: z.array(resources.zoomGroup) }) },
    },
    handle: async ({ identity, params }, hub) => ok({ items: await zoomGroups(hub, identity, params.id) }),
  }),
  apiRoute({
    method: 'POST',
    path: `${path}/groups/read`,
    auth: 'admin',
    schema: {
      summary: 'Read the groups and who is in them from Zoom',
      tags,
      params: id,
      response: { 200: z.object({ items: z.array(resources.zoomGroup) }) },
    },
    handle: async ({ identity, params }, hub) => ok({ items: await readZoomGroups(hub, identity, params.id) }),
  }),
]
