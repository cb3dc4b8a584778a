import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { html } from 'ghtml'
import type { Route } from '#hub/integration.ts'
import { openApi } from './openapi.ts'
import { basePath } from './public-url.ts'

/** `/api/openapi.json`, and `/api/docs`, which shows it to people. */
export function serveDocs(scope: FastifyInstance, routes: readonly Route[], publicUrl: string): void {
  // Made when somebody asks: a start need not wait for it.
  let made: string | undefined
  const document = (): string => (made ??= JSON.stringify(openApi(routes, publicUrl)))
  scope.get('/api/openapi.json', async (_request, reply) =>
    // Public as it is: tools on other sites may read it.
    reply.type('application/json; charset=utf-8').header('access-control-allow-origin', '*').send(document()),
  )
  scope.get('/api/docs', async (_request, reply) => {
    const nonce = randomBytes(16).toString('base64url')
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy(nonce))
      .send(page(basePath(publicUrl), nonce))
  })
  scope.get('/api/docs/scalar.js', async (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=86400')
      .send(await scalar()),
  )
}

/** Scalar sets styles of its own while it runs, without a nonce; scripts it does not. */
const policy = (nonce: string): string =>
  `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

const page = (base: string, nonce: string): string => {
  const settings = {
    url: `${base}/api/openapi.json`,
    // Nothing is asked of other sites, and nothing leads to them.
    withDefaultFonts: false,
    telemetry: false,
    hideClientButton: true,
    showDeveloperTools: 'never',
    agent: { disabled: true },
    mcp: { disabled: true },
  }
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>Greenroom API</title>
      </head>
      <body>
        <div id="api"></div>
        <noscript
          >The documentation needs JavaScript; <a href="${base}/api/openapi.json">openapi.json</a> does not.</noscript
        >
        <script nonce="${nonce}" src="${base}/api/docs/scalar.js"></script>
        <script nonce="${nonce}">
          Scalar.createApiReference('#api', !${JSON.stringify(settings).replaceAll('<', '\\u003c')})
        </script>
      </body>
    </html>`
}

let loading: Promise<string> | undefined

/** Scalar's package hands its script out only through its plugin; four megabytes that are loaded when somebody looks. */
const scalar = (): Promise<string> => (loading ??= loadScalar())

async function loadScalar(): Promise<string> {
  const { default: apiReference } = await import('@scalar/fastify-api-reference')
  const host = Fastify()
  await host.register(apiReference, { routePrefix: '/', configuration: { content: {} } })
  const { body } = await host.inject('/js/scalar.js')
  await host.close()
  return body
}
