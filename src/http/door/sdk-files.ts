import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import { dirname, extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { NotFoundError } from '#core/errors.ts'
import type { Reply, RouteRequest } from '#hub/integration.ts'

// Zoom's Meeting SDK as it is in its package: served, never bundled. https://developers.zoom.us/docs/meeting-sdk/web/

const { resolve } = createRequire(import.meta.url)
const packageFile = resolve('@zoom/meetingsdk/package.json')
const folder = join(dirname(packageFile), 'dist')

/** The version that is served, and stands in every address of it. */
export const sdkVersion = String((JSON.parse(await readFile(packageFile, 'utf8')) as { version: unknown }).version)

/** `/room/sdk/{version}/*`. The address changes with the version, so browsers may keep the files. */
export async function sdkFile({ params, headers }: RouteRequest<{ version: string; '*': string }>): Promise<Reply> {
  const path = join(folder, params['*'])
  const type = types[extname(path)]
  if (params.version !== sdkVersion || !path.startsWith(folder + sep) || !type) throw nothing(params['*'])
  const { plain, zipped } = await read(path)
  const zip = zipped && /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))
  return {
    status: 200,
    headers: {
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'same-origin',
      // Workers of an isolated page must be isolated themselves.
      'cross-origin-embedder-policy': 'credentialless',
      vary: 'accept-encoding',
      ...(zip ? { 'content-encoding': 'gzip' } : {}),
    },
    body: zip ? zipped : plain,
  }
}

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.cur': 'image/x-icon',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
  '.woff2': 'font/woff2',
  '.html': 'text/html; charset=utf-8',
}

/** Worth the work: the main script shrinks from five megabytes to one and a half. */
const shrinks = new Set(['.js', '.css', '.json', '.wasm', '.svg'])

interface File {
  plain: Buffer
  zipped: Buffer | undefined
}

const files = new Map<string, Promise<File>>()

/** Each file is read and zipped once, when somebody first asks for it. */
function read(path: string): Promise<File> {
  const known = files.get(path) ?? load(path)
  files.set(path, known)
  known.catch(() => files.delete(path))
  return known
}

async function load(path: string): Promise<File> {
  const plain = await readFile(path).catch(() => undefined)
  if (!plain) throw nothing(path.slice(folder.length + 1))
  return { plain, zipped: shrinks.has(extname(path)) ? await promisify(gzip)(plain) : undefined }
}

const nothing = (name: string): NotFoundError => new NotFoundError(`The Meeting SDK ${sdkVersion} has no file ${name}`)
