/** A message attachment: https://developers.mattermost.com/integrate/reference/message-attachments/ */
export interface Attachment {
  fallback: string
  color: string
  title: string
  title_link?: string
  text: string
  fields?: { title: string; value: string; short: boolean }[]
  actions?: Button[]
}

export interface Button {
  /** Letters and digits alone. */
  id: string
  name: string
  type: 'button'
  style: 'primary' | 'default'
  integration: { url: string; context: Record<string, unknown> }
}
