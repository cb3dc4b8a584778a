import { readFile } from 'node:fs/promises'
import { NotFoundError } from '#core/errors.ts'
import type { Reply, RouteRequest } from '#hub/integration.ts'

const folder = new URL('../../../web/room/', import.meta.url)

const types = new Map([
  ['room.js', 'text/javascript; charset=utf-8'],
  ['room.css', 'text/css; charset=utf-8'],
])

/** `/room/{file}`: the script and the looks of the room's page. */
export async function roomFile({ params: { file } }: RouteRequest<{ file: string }>): Promise<Reply> {
  const type = types.get(file)
  if (!type) throw new NotFoundError(`The room has no file ${file}`)
  return {
    status: 200,
    headers: { 'content-type': type, 'cache-control': 'no-cache' },
    body: await readFile(new URL(file, folder)),
  }
}
