import type { Attachment } from './attachment.ts'

/** The answer to a slash command, in Mattermost's words. */
export interface CommandReply {
  /** `in_channel`: a post of the person who typed, which a bot can never edit. */
  response_type: 'ephemeral' | 'in_channel'
  text: string
  attachments?: Attachment[]
  type?: string
  props?: Record<string, unknown>
  /** Opened by the client that typed the command, and by no other. */
  goto_location?: string
}

/** Words for the person who asked, and for nobody else. */
export const say = (text: string): CommandReply => ({ response_type: 'ephemeral', text })

export const helpText = (trigger: string, level: 'user' | 'account'): string =>
  [
    `**/${trigger} start [topic]** – start a Zoom meeting in this channel`,
    ...(level === 'user'
      ? [
          `**/${trigger} connect** – connect your Zoom account`,
          `**/${trigger} disconnect** – end the connection with your Zoom account`,
        ]
      : []),
    `**/${trigger} help** – this list`,
  ].join('\n')

/** Text that somebody else wrote, so that it can neither format nor mention. */
export const plain = (text: string): string =>
  text.replace(/[\\`*_~[\]()#>|@:]/g, (sign) => (sign === '@' ? '@\u200B' : `\\${sign}`))
