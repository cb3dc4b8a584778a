import { setTimeout as sleep } from 'node:timers/promises'
import { caller, type Call } from '#cli/call.ts'
import { demoPlaces } from '#cli/demo/hosts.ts'
import type { Show } from './four-places.ts'

/** All that the steps of the tour work with. */
export interface Stage {
  show: Show
  api: Call
  zoom: Call
  chat: Call
  lms: Call
  /** Where the LMS is for browsers: another site than the hub. */
  lmsUrl: string
  places: Record<keyof typeof demoPlaces, string>
}

/** @throws when the workspace has not the hosts of the Demo. */
export async function stageOf(show: Show): Promise<Stage> {
  const api = caller(show.network, show.hubUrl, { authorization: `Bearer ${show.key}` })
  const host = (path: string): Call => caller(show.network, `${show.simulatorUrl}${path}`)
  const { items } = await api<{ items: { id: string; name: string }[] }>('GET', '/api/v1/places?limit=200')
  const placeOf = (name: string): string => {
    const found = items.find((place) => place.name === name)
    if (!found)
      throw new Error(`The workspace has no place “${name}”: the tour of all places is shown by npm start -- --tour`)
    return found.id
  }
  const lms = host('/hosts/lms/_')
  return {
    show,
    api,
    zoom: host(''),
    chat: host('/hosts/mattermost/_'),
    lms,
    lmsUrl: (await lms<{ issuer: string }>('GET', '/state')).issuer,
    places: {
      lti: placeOf(demoPlaces.lti),
      mattermost: placeOf(demoPlaces.mattermost),
      site: placeOf(demoPlaces.site),
    },
  }
}

/** Looks again and again, for half a minute at the most. */
export async function waitFor<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 300; tries++, await sleep(100)) {
    const found = await look()
    if (found !== undefined) return found
  }
  throw new Error(`The tour waited half a minute for ${what}. The event log says what arrived: /console/events`)
}
