import { z } from 'zod'
import { apiRoute } from '#hub/api-route.ts'
import type { Route } from '#hub/integration.ts'
import { listing, words } from '#hub/listing.ts'
import { createPlace } from '#hub/places.ts'
import * as hubResources from '#hub/resources.ts'
import * as pages from './pages.ts'
import * as resources from './resources.ts'

const tags = ['Web site']
const id = z.object({ id: z.string() })

export const apiRoutes: Route[] = [
  apiRoute({
    method: 'POST',
    path: '/api/v1/site/places',
    auth: 'admin',
    schema: {
      summary: 'Add a web site that meetings are shown on',
      tags,
      body: resources.newPlace,
      response: { 201: hubResources.place },
    },
    handle: async ({ identity, body }, hub) => ({
      status: 201,
      body: await createPlace(hub, identity, { integration: pages.integration, name: body.name }),
    }),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/site/pages',
    auth: 'operator',
    schema: {
      summary: 'Give a meeting a public page',
      tags,
      body: resources.newPage,
      response: { 201: resources.page },
    },
    handle: async ({ identity, body }, hub) => ({ status: 201, body: await pages.publish(hub, identity, body) }),
  }),
  ...listing({
    path: '/api/v1/site/pages',
    auth: 'viewer',
    tags,
    summary: 'List public pages',
    filter: z.object({ q: words.describe('Words in its address or the address of its list') }),
    item: resources.page,
    columns: {
      id: ({ id }) => id,
      place_id: ({ place_id }) => place_id,
      meeting_id: ({ meeting_id }) => meeting_id,
      slug: ({ slug }) => slug,
      list: ({ list }) => list,
      visibility: ({ visibility }) => visibility,
      url: ({ url }) => url,
      card_url: ({ card_url }) => card_url,
      calendar_url: ({ calendar_url }) => calendar_url,
      created_at: ({ created_at }) => created_at,
    },
    read: pages.pages,
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/site/pages/:id',
    auth: 'viewer',
    schema: { summary: 'Read a public page', tags, params: id, response: { 200: resources.page } },
    handle: async ({ identity, params }, hub) => ({ status: 200, body: await pages.page(hub, identity, params.id) }),
  }),
  apiRoute({
    method: 'PATCH',
    path: '/api/v1/site/pages/:id',
    auth: 'operator',
    schema: {
      summary: 'Publish, hide or list a page',
      tags,
      params: id,
      body: resources.pageChange,
      response: { 200: resources.page },
    },
    handle: async ({ identity, params, body }, hub) => ({
      status: 200,
      body: await pages.changePage(hub, identity, params.id, body),
    }),
  }),
  apiRoute({
    method: 'DELETE',
    path: '/api/v1/site/pages/:id',
    auth: 'operator',
    schema: {
      summary: 'Remove a page; its meeting stays, its address becomes free',
      tags,
      params: id,
      response: { 204: z.undefined().describe('Done') },
    },
    handle: async ({ identity, params }, hub) => {
      await pages.removePage(hub, identity, params.id)
      return { status: 204 }
    },
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/site/lists',
    auth: 'operator',
    schema: {
      summary: 'Make a list of pages',
      tags,
      body: resources.newList,
      response: { 201: resources.list },
    },
    handle: async ({ identity, body }, hub) => ({ status: 201, body: await pages.createList(hub, identity, body) }),
  }),
  ...listing({
    path: '/api/v1/site/lists',
    auth: 'viewer',
    tags,
    summary: 'List the lists of pages',
    filter: resources.listFilter,
    item: resources.list,
    columns: {
      slug: ({ slug }) => slug,
      title: ({ title }) => title,
      place_id: ({ place_id }) => place_id,
      url: ({ url }) => url,
      calendar_url: ({ calendar_url }) => calendar_url,
      created_at: ({ created_at }) => created_at,
    },
    read: pages.lists,
  }),
]
