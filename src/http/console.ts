import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import staticFiles from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { html } from 'ghtml'
import { basePath } from './public-url.ts'

/**
 * `/console/`: the files that `npm run build` put into `folder`, and for every other path below it the page itself, which
 * reads the path. `/` leads there.
 */
export async function serveConsole(scope: FastifyInstance, folder: string, publicUrl: string): Promise<void> {
  const base = basePath(publicUrl)
  await scope.register(staticFiles, {
    root: join(folder, 'assets'),
    prefix: '/console/assets/',
    // Their names change with their content.
    immutable: true,
    maxAge: '1y',
    index: false,
    suppressWarning: true,
  })
  scope.get('/', async (_request, reply) => reply.redirect(`${base}/console/`))
  scope.get('/console', async (_request, reply) => reply.redirect(`${base}/console/`))
  scope.get('/console/*', async (_request, reply) => {
    const nonce = randomBytes(16).toString('base64url')
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy(nonce))
      .header('cache-control', 'no-cache')
    const built = await readFile(join(folder, 'index.html'), 'utf8').catch(() => undefined)
    if (built === undefined) return reply.code(503).send(notBuilt)
    return reply.send(built.replaceAll('__NONCE__', nonce).replaceAll('__BASE__', `${base}/console/`))
  })
}

const policy = (nonce: string): string =>
  `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'`

const notBuilt = html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>Greenroom</title>
    </head>
    <body>
      <h1>The console is not built yet</h1>
      <p>Run <code>npm run build</code> and load this page again. The API works without it.</p>
    </body>
  </html>`
