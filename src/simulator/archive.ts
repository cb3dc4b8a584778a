import { createHash, randomUUID } from 'node:crypto'
import { nowInSeconds } from './clock.ts'
import type { Session, World } from './state.ts'
import { utc } from './time.ts'

/** What the account keeps of one run by itself, whoever records. */
export interface Archive {
  /** Epoch milliseconds. */
  completed_at: number
  files: ArchiveFile[]
}

export interface ArchiveFile {
  id: string
  file_type: 'MP4' | 'CHAT'
  file_extension: 'MP4' | 'JSON'
  recording_type: string
  content: string
  number_of_messages: number
  auto_delete: boolean
}

/** With the account's archiving on, what was seen and said is put away at the end of a run. */
export function archiveSession(world: World, session: Session): void {
  if (!world.settings.archiving) return
  session.archive = { completed_at: nowInSeconds(world.clock), files: filesOf(session) }
}

/** A run in which nobody said anything has no file of the chat. */
function filesOf({ in_meeting }: Session): ArchiveFile[] {
  const usual = { auto_delete: true, number_of_messages: 0 }
  const picture: ArchiveFile = {
    ...usual,
    id: randomUUID(),
    file_type: 'MP4',
    file_extension: 'MP4',
    recording_type: 'shared_screen_with_speaker_view',
    content: 'not really a video\n',
  }
  if (in_meeting.chat.length === 0) return [picture]
  const said = in_meeting.chat.map(({ sender, content, at }) => ({ sender: sender.name, content, date_time: utc(at) }))
  const chat: ArchiveFile = {
    ...usual,
    id: randomUUID(),
    file_type: 'CHAT',
    file_extension: 'JSON',
    recording_type: 'chat_message',
    content: JSON.stringify(said),
    number_of_messages: said.length,
  }
  return [chat, picture]
}

/** As Zoom tells that a file is what it was. */
export const fingerprint = ({ content }: ArchiveFile): string => createHash('sha256').update(content).digest('hex')
