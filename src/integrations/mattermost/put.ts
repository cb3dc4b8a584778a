import { z } from 'zod'
import { InputError, sentenceOf } from '#core/errors.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Put } from '#hub/integration.ts'
import { meeting } from '#hub/meetings/read.ts'
import type { Placement } from '#hub/resources.ts'
import { clientOf, isRefusal } from './client.ts'
import { letBotIn } from './membership.ts'
import { postMeeting } from './posts.ts'
import { server as serverOf } from './servers.ts'

const target = z.strictObject({ channel_id: z.string().regex(/^[a-z0-9]{26}$/) })

/** Announces a meeting in a channel, once: the same channel again is the same post. */
export async function put(hub: Hub, actor: Actor, { place, meeting_id, target: where }: Put): Promise<Placement> {
  const read = target.safeParse(where)
  if (!read.success) throw noChannel('must be the id of a channel of this Mattermost server')
  const { channel_id } = read.data
  const server = await serverOf(hub, actor, place.id)
  if (place.state !== 'on') throw new InputError(`${place.name} is switched off`)
  const about = await meeting(hub, actor, meeting_id)
  const refusal = await letBotIn(clientOf(hub, server), server, { channel_id, team_id: '' })
  if (refusal) throw noChannel(refusal)
  try {
    return await postMeeting(hub, server, {
      meeting: about,
      channel_id,
      root_id: '',
      kind: 'announced',
      topic: about.topic,
      starter_username: null,
      ref: `${channel_id}:${meeting_id}`,
    })
  } catch (error) {
    if (!isRefusal(error)) throw error
    throw noChannel(`Mattermost answered: ${sentenceOf(error)}`)
  }
}

const noChannel = (message: string): InputError =>
  new InputError('The meeting cannot be put into this channel', [{ field: 'target.channel_id', message }])
