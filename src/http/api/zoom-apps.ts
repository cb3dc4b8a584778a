import { z } from 'zod'
import {
  changeZoomApp,
  checkZoomApp,
  createZoomApp,
  deleteZoomApp,
  endEarlierSecretTokens,
  newDeauthorizationUrl,
  zoomApp,
  zoomApps,
} from '#hub/apps.ts'
import { appScopes } from '#hub/doctor/scopes.ts'
import { beginGrant } from '#hub/grants/consent.ts'
import { consoleGrant } from '#hub/grants/return.ts'
import { setupGuide } from '#hub/setup/guide.ts'
import { beginSdkTrial } from '#hub/setup/sdk-trial.ts'
import { checkSetup, setupOf } from '#hub/setup/steps.ts'
import { beginTrial, lastTrial, trial } from '#hub/setup/trial.ts'
import { listing, words } from '#hub/listing.ts'
import * as resources from '#hub/resources.ts'
import { nothing } from './nothing.ts'
import { id } from './params.ts'
import { apiRoute, ok } from '#hub/api-route.ts'

const tags = ['Zoom apps']

export const zoomAppRoutes = [
  apiRoute({
    method: 'POST',
    path: '/api/v1/zoom_apps',
    auth: 'admin',
    schema: { summary: 'Add a Zoom app', tags, body: resources.newZoomApp, response: { 201: resources.zoomApp } },
    handle: async ({ identity, body }, hub) => {
      const created = await createZoomApp(hub, identity, body)
      return { status: 201, headers: { location: `${hub.publicUrl}/api/v1/zoom_apps/${created.id}` }, body: created }
    },
  }),
  ...listing({
    path: '/api/v1/zoom_apps',
    auth: 'viewer',
    tags,
    summary: 'List Zoom apps',
    filter: z.object({ q: words.describe('Words in the name or client id') }),
    item: resources.zoomApp,
    columns: {
      id: ({ id }) => id,
      name: ({ name }) => name,
      state: ({ state }) => state,
      kind: ({ kind }) => kind,
      client_id: ({ client_id }) => client_id,
      account_id: ({ account_id }) => account_id,
      environment: ({ environment }) => environment,
      purposes: ({ purposes }) => purposes.join(' '),
      last_event_at: ({ last_event_at }) => last_event_at,
      created_at: ({ created_at }) => created_at,
    },
    read: zoomApps,
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/zoom_apps/:id',
    auth: 'viewer',
    schema: { summary: 'Read a Zoom app', tags, params: id, response: { 200: resources.zoomApp } },
    handle: async ({ identity, params }, hub) => ok(await zoomApp(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'PATCH',
    path: '/api/v1/zoom_apps/:id',
    auth: 'admin',
    schema: {
      summary: 'Change a Zoom app',
      tags,
      params: id,
      body: resources.zoomAppChange,
      response: { 200: resources.zoomApp },
    },
    handle: async ({ identity, params, body }, hub) => ok(await changeZoomApp(hub, identity, params.id, body)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/zoom_apps/:id/deauthorization_url',
    auth: 'admin',
    schema: {
      summary: 'A new address for Zoom’s older notification that the app was removed; shown this once',
      tags,
      params: id,
      response: { 200: z.object({ url: z.string() }) },
    },
    handle: async ({ identity, params }, hub) => ok(await newDeauthorizationUrl(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'DELETE',
    path: '/api/v1/zoom_apps/:id/earlier_secret_tokens',
    auth: 'admin',
    schema: {
      summary: 'Take no secret token from before any more, for one that has leaked',
      tags,
      params: id,
      response: { 204: nothing },
    },
    handle: async ({ identity, params }, hub) => {
      await endEarlierSecretTokens(hub, identity, params.id)
      return { status: 204 }
    },
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/zoom_apps/:id/check',
    auth: 'admin',
    schema: { summary: 'Ask Zoom whether the app works', tags, params: id, response: { 200: resources.findings } },
    handle: async ({ identity, params }, hub) => ok(await checkZoomApp(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/zoom_app_guide',
    auth: 'viewer',
    schema: {
      summary: 'What to enter at Zoom’s Marketplace for what is wanted: kind of app, scopes, events, addresses',
      tags,
      query: resources.setupWish,
      response: { 200: resources.setupGuide },
    },
    handle: async ({ query }, hub) => ok(setupGuide(hub, query)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/zoom_apps/:id/setup',
    auth: 'viewer',
    schema: {
      summary: 'How far the set-up of a Zoom app is; Zoom is not asked',
      tags,
      params: id,
      response: { 200: resources.setup },
    },
    handle: async ({ identity, params }, hub) => ok(await setupOf(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/zoom_apps/:id/setup/check',
    auth: 'admin',
    schema: {
      summary: 'Ask Zoom how far the set-up of a Zoom app is; a broken connection of a server-to-server app is mended',
      tags,
      params: id,
      response: { 200: resources.setup },
    },
    handle: async ({ identity, params }, hub) => ok(await checkSetup(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/zoom_apps/:id/trials',
    auth: 'admin',
    schema: {
      summary: 'Test everything with a meeting that is made, changed, opened and removed; costs four calls to Zoom',
      tags,
      params: id,
      response: { 202: resources.trial },
    },
    handle: async ({ identity, params }, hub) => ({ status: 202, body: await beginTrial(hub, identity, params.id) }),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/zoom_apps/:id/last_trial',
    auth: 'viewer',
    schema: {
      summary: 'What the last test of everything found; null before the first',
      tags,
      params: id,
      response: { 200: z.object({ trial: resources.trial.nullable() }) },
    },
    handle: async ({ identity, params }, hub) => ok({ trial: await lastTrial(hub, identity, params.id) }),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/trials/:id',
    auth: 'viewer',
    schema: { summary: 'How far a test is, and what it found', tags, params: id, response: { 200: resources.trial } },
    handle: async ({ identity, params }, hub) => ok(await trial(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/zoom_apps/:id/scopes',
    auth: 'viewer',
    schema: {
      summary: 'What a Zoom app may do, what it lacks, and which scopes nothing needs',
      tags,
      params: id,
      response: { 200: resources.appScopes },
    },
    handle: async ({ identity, params }, hub) => ok(await appScopes(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/zoom_apps/:id/sdk_trial',
    auth: 'admin',
    schema: {
      summary:
        'Make a meeting for a quarter of an hour, to join it in the browser and see whether Zoom lets the app in',
      tags,
      params: id,
      response: { 201: z.object({ url: z.string().describe('The room, good for as long as the meeting') }) },
    },
    handle: async ({ identity, params }, hub) => ({ status: 201, body: await beginSdkTrial(hub, identity, params.id) }),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/zoom_apps/:id/consent',
    auth: 'admin',
    schema: {
      summary: 'Begin the consent of an OAuth app in this browser',
      tags,
      params: id,
      response: { 200: z.object({ location: z.string().describe('Where the browser goes now') }) },
    },
    handle: async ({ identity, params }, hub) => {
      const { location, cookie } = await beginGrant(hub, {
        workspace_id: identity.workspace_id,
        zoom_app_id: params.id,
        integration: consoleGrant,
        data: {},
      })
      return { status: 200, headers: { 'set-cookie': cookie }, body: { location } }
    },
  }),
  apiRoute({
    method: 'DELETE',
    path: '/api/v1/zoom_apps/:id',
    auth: 'admin',
    schema: { summary: 'Delete a Zoom app and its connections', tags, params: id, response: { 204: nothing } },
    handle: async ({ identity, params }, hub) => {
      await deleteZoomApp(hub, identity, params.id)
      return { status: 204 }
    },
  }),
]
