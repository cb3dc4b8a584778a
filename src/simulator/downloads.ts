import type { ArchiveFile } from './archive.ts'
import { now } from './clock.ts'
import { bearer } from './gateway.ts'
import type { Incoming, Reply } from './http.ts'
import { isAvailable } from './recording-json.ts'
import type { RecordingFile, World } from './state.ts'

const types = {
  MP4: 'video/mp4',
  M4A: 'audio/mp4',
  VTT: 'text/vtt',
  JSON: 'application/json',
} satisfies Record<RecordingFile['file_extension'] | ArchiveFile['file_extension'], string>

/**
 * A recording's or an archive's file at its `download_url`, for whoever brings an access token, a `download_access_token` or a webhook's
 * `download_token`: as a bearer, or as `?access_token=` in the old way.
 */
export function answerDownload(world: World, { path, headers, query }: Incoming): Reply {
  const token = bearer(headers.authorization) ?? query.get('access_token') ?? ''
  const expires_at = world.access_tokens.get(token)?.expires_at ?? world.download_tokens.get(token)
  if (expires_at === undefined || expires_at <= now(world.clock)) {
    return { status: 401, body: { status: false, errorCode: 401, errorMessage: 'Forbidden' } }
  }
  const id = path.slice('/rec/download/'.length)
  const file = filesOf(world).find((one) => one.id === id)
  if (!file)
    return {
      status: 404,
      body: { status: false, errorCode: 3301, errorMessage: 'There is no recording for this meeting.' },
    }
  return { status: 200, headers: { 'content-type': types[file.file_extension] }, body: file.content }
}

const filesOf = (world: World): (RecordingFile | ArchiveFile)[] => [
  ...[...world.recordings.values()].flatMap(({ files }) => files.filter(isAvailable)),
  ...[...world.sessions.values()].flatMap(({ archive }) => archive?.files ?? []),
]
