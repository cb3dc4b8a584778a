import { newId } from '#core/ids.ts'
import type { Trx } from '#store/db.ts'
import * as rows from '#store/people.ts'
import { emit } from './hub-events.ts'
import type { Hub } from './hub.ts'

/** How one place knows somebody. */
export interface KnownAs {
  /** `lti:plc_…`, `mattermost:plc_…`, `zoom`. */
  source: string
  /** Their id there. */
  id: string
  name?: string | undefined
  email?: string | undefined
  /** Whether the source vouches for the e-mail: only then does it tie two of these to one person. */
  email_verified: boolean
}

/**
 * Who this is: the person that the source's id was tied to before, else the one with the same verified e-mail, else somebody
 * new. What the source says now is kept.
 */
export async function personFor(hub: Hub, workspace_id: string, known: KnownAs, trx?: Trx): Promise<string> {
  if (!trx) return hub.db.transaction().execute((own) => personFor(hub, workspace_id, known, own))
  await rows.lockPeople(trx, workspace_id)
  const now = hub.runtime.now()
  const email = known.email?.trim() || null
  const link = await rows.personLink(trx, workspace_id, known.source, known.id)
  const byEmail =
    email && known.email_verified
      ? await rows.personOfEmail(trx, workspace_id, email, { source: known.source, source_id: known.id })
      : undefined
  // A link that had no e-mail before turns out to be somebody who is known already.
  const isOther = link && byEmail && byEmail !== link.person_id && !(link.email && link.email_verified)
  const toldApart = isOther && (await rows.areToldApart(trx, workspace_id, link.person_id, byEmail))
  const merges = isOther && !toldApart
  if (merges) await rows.mergePersons(trx, workspace_id, link.person_id, byEmail)
  const person_id =
    link && (toldApart || (link.email && link.email_verified))
      ? link.person_id
      : (byEmail ?? link?.person_id ?? newId('person', now))
  if (!link && !byEmail)
    await rows.insertPerson(trx, {
      id: person_id,
      workspace_id,
      name: known.name ?? null,
      created_at: new Date(now),
    })
  // What is not said this time stays as it was.
  const said = {
    person_id,
    name: known.name ?? link?.name ?? null,
    email: email ?? link?.email ?? null,
    email_verified: email ? known.email_verified : (link?.email_verified ?? false),
  }
  await rows.upsertPersonLink(trx, {
    workspace_id,
    source: known.source,
    source_id: known.id,
    ...said,
    changed_at: new Date(now),
  })
  const isSame =
    link?.person_id === person_id &&
    link.name === said.name &&
    link.email === said.email &&
    link.email_verified === said.email_verified
  if (!isSame)
    await emit(hub, trx, workspace_id, 'api', [
      { type: 'person.changed', payload: { person_id, merged: merges ? [link.person_id] : [] } },
    ])
  return person_id
}
