import { ConflictError, NotFoundError, sentenceOf } from '#core/errors.ts'
import * as rows from '#store/places.ts'
import type { Actor, Hub } from './hub.ts'
import type { Finding } from './integration.ts'
import { place, placeById } from './places.ts'
import type { Place } from './resources.ts'

/** Looks at one place now. @throws NotFoundError; ConflictError for one that is switched off. */
export async function checkPlace(hub: Hub, actor: Actor, id: string): Promise<Place> {
  const about = await place(hub, actor, id)
  if (about.state === 'off') throw new ConflictError(`${about.name} is switched off: switch it on first`)
  await look(hub, about)
  return place(hub, actor, id)
}

/** Once a day, all places that are switched on; the trouble of one keeps none of the others from being looked at. */
export async function checkPlaces(hub: Hub): Promise<void> {
  for (const { id } of await rows.placesSwitchedOn(hub.db)) {
    const about = await placeById(hub, id)
    if (about) await look(hub, about)
  }
}

async function look(hub: Hub, about: Place): Promise<void> {
  const findings = await found(hub, about)
  const failed = findings.find(({ state }) => state === 'failed')
  await rows
    .saveHealth(hub.db, {
      place_id: about.id,
      checked_at: new Date(hub.runtime.now()),
      findings,
      failure: failed?.message ?? null,
    })
    .catch(async (error: unknown) => {
      // It was removed while it was looked at.
      if (await placeById(hub, about.id)) throw error
      throw new NotFoundError(`There is no place ${about.id}`)
    })
}

async function found(hub: Hub, about: Place): Promise<Finding[]> {
  const integration = hub.integrations.find(({ name }) => name === about.integration)
  try {
    return (await integration?.checkPlace?.(hub, about)) ?? []
  } catch (error) {
    hub.log.warn({ err: error, place_id: about.id }, 'a place could not be looked at')
    return [{ check: about.name, state: 'failed', message: sentenceOf(error) }]
  }
}
