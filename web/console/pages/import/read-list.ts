import { t } from '../../language.ts'

/** A list of IDs has no words in it, but for links to join by. */
export const formatOf = (content: string): 'ids' | 'csv' => {
  const [first = ''] = content.replace(/^\uFEFF?\s+/, '').split('\n', 1)
  return /\p{L}/u.test(first) && !/^https?:/i.test(first) ? 'csv' : 'ids'
}

/** No list that is taken is larger, however it is encoded. */
const most = 2_000_000

/** The text of a file, as spreadsheets write it: UTF-8, UTF-16 with its mark, or what Windows had before. */
export async function textOf(file: File): Promise<string> {
  if (file.size > most)
    throw new Error(t('The file is larger than 1 MB: split the list, and import one part after the other'))
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
