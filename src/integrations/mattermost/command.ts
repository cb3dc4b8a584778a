/** What somebody typed after `/zoom`. */
export type Command =
  | { name: 'start'; topic: string }
  | { name: 'connect' }
  | { name: 'disconnect' }
  | { name: 'help' }
  | { name: 'unknown'; action: string }

/** Zoom takes no longer topic. */
const longestTopic = 200

/** Words part at any white space; the action may be in capitals. Without an action, help is what was meant. */
export function parseCommand(text: string): Command {
  const [action = '', ...words] = text.trim().split(/\s+/)
  switch (action.toLowerCase()) {
    case 'start':
      return { name: 'start', topic: Array.from(words.join(' ')).slice(0, longestTopic).join('').trim() }
    case 'connect':
    case 'disconnect':
      return { name: action.toLowerCase() as 'connect' | 'disconnect' }
    case 'help':
    case '':
      return { name: 'help' }
    default:
      return { name: 'unknown', action }
  }
}
