import { InputError, NotFoundError } from '#core/errors.ts'
import { insertAudit } from '#store/audit.ts'
import * as rows from '#store/logos.ts'
import type { Actor, Hub } from './hub.ts'

/** How a workspace looks to people. */
export interface Brand {
  name: string
  /** `#rrggbb`; null: Greenroom's own. */
  colour: string | null
  /** Below PUBLIC_URL; null: Greenroom's own sign. */
  logo_url: string | null
}

/** By workspace; those that have neither colour nor logo look like Greenroom and are not in it. */
export async function brandsOf(hub: Hub, workspace_ids: readonly string[]): Promise<Map<string, Brand>> {
  const found = await rows.looksOf(hub.db, workspace_ids)
  return new Map(
    found
      .filter(({ colour, logo_at }) => colour !== null || logo_at !== null)
      .map(({ id, name, colour, logo_at }) => [
        id,
        { name, colour, logo_url: logo_at && `${hub.publicUrl}/logos/${id}/${logo_at.getTime()}` },
      ]),
  )
}

export const brandOf = async (hub: Hub, workspace_id: string): Promise<Brand | undefined> =>
  (await brandsOf(hub, [workspace_id])).get(workspace_id)

/** @throws NotFoundError where there is none. */
export async function logo(hub: Hub, workspace_id: string): Promise<{ content_type: string; bytes: Uint8Array }> {
  const row = await rows.logoOf(hub.db, workspace_id)
  if (!row) throw new NotFoundError('There is no such logo')
  return row
}

const most = 200_000

/** A drawing that may hold scripts (SVG) is none of these. @throws InputError for what is no picture, or too large. */
export async function setLogo(hub: Hub, { workspace_id, name }: Actor, bytes: Uint8Array): Promise<void> {
  const content_type = pictureType(bytes)
  const message = !content_type
    ? 'is neither PNG, JPEG nor WebP'
    : bytes.length > most
      ? 'is larger than 200 kB'
      : undefined
  if (!content_type || message)
    throw new InputError(`The logo ${message}`, [{ field: 'body', message: message ?? 'is no picture' }])
  await hub.db.transaction().execute(async (trx) => {
    const changed_at = new Date(hub.runtime.now())
    await rows.saveLogo(trx, { workspace_id, content_type, bytes: Buffer.from(bytes), changed_at })
    const detail = { content_type, bytes: bytes.length }
    await insertAudit(trx, { workspace_id, actor: name, action: 'workspace.logo_set', object_id: workspace_id, detail })
  })
}

export async function removeLogo(hub: Hub, { workspace_id, name }: Actor): Promise<void> {
  await hub.db.transaction().execute(async (trx) => {
    if (!(await rows.deleteLogo(trx, workspace_id))) return
    await insertAudit(trx, { workspace_id, actor: name, action: 'workspace.logo_removed', object_id: workspace_id })
  })
}

/** By how the bytes begin, whatever was said of them. */
export function pictureType(bytes: Uint8Array): rows.LogoRow['content_type'] | undefined {
  const text = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (text.startsWith('\u0089PNG\r\n\u001a\n')) return 'image/png'
  if (text.startsWith('\u00ff\u00d8\u00ff')) return 'image/jpeg'
  return text.startsWith('RIFF') && text.endsWith('WEBP') ? 'image/webp' : undefined
}

/** White words on it are read by everybody: https://www.w3.org/TR/WCAG22/#contrast-minimum. @throws InputError */
export function checkColour(colour: string | null): void {
  if (colour === null) return
  const contrast = contrastWithWhite(colour)
  if (contrast < 4.5)
    throw new InputError(
      `White words on ${colour} have a contrast of ${contrast.toFixed(1)} to 1, and need 4.5: choose a darker colour`,
      [{ field: 'colour', message: 'is too light for white words: choose a darker one' }],
    )
}

export function contrastWithWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => linear(Number.parseInt(colour.slice(at, at + 2), 16)))
  return Math.floor((1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)) * 100) / 100
}

const linear = (byte: number): number =>
  byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4
