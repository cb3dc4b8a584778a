import type { Route } from '#hub/integration.ts'

const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const

/** What lies below the resources of this API and is nothing: 404 for a path, 405 for a method, in its words. */
export function unmatched(known: readonly Route[], resources: readonly string[]): Route[] {
  const paths = [...new Set(known.map(({ path }) => path))]
  const taken = new Set(known.map(({ method, path }) => `${method} ${path}`))
  return [
    ...paths.flatMap((path) =>
      methods
        .filter((method) => !taken.has(`${method} ${path}`))
        .map((method) => answering(method, path, 405, { detail: `Method "${method}" not allowed.` })),
    ),
    ...resources.flatMap((path) =>
      methods.map((method) => answering(method, `${path}/*`, 404, { error: 'Not found' })),
    ),
  ]
}

const answering = (method: Route['method'], path: string, status: number, body: object): Route => ({
  method,
  path,
  auth: 'public',
  rawBody: true,
  handle: () => Promise.resolve({ status, body }),
})
