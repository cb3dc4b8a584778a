/** A language of the console: its name as its speakers write it, and where the texts are. A new one is a row and a file. */
export interface Language {
  name: string
  texts: () => Promise<Record<string, string>>
  /** What the hub says, by its English sentences; where there is none, it says it in English. */
  hub?: () => Promise<Record<string, string>>
}

/** English is what the code says: its file holds the singulars alone (`_one`, i18next’s way to say how many). */
export const languages: Record<string, Language> = {
  en: { name: 'English', texts: () => import('./en.json').then((file) => file.default) },
  de: {
    name: 'Deutsch',
    texts: () => import('./de.json').then((file) => file.default),
    hub: () => import('./hub/de.json').then((file) => file.default),
  },
}

/** Languages that nobody speaks: with them one sees what is not translated, what is cut off and what does not turn round. */
export const pseudo: Record<string, (text: string) => string> = {
  'en-XA': (text) => aroundTags(text, (plain) => `⟦${plain}${'·'.repeat(Math.ceil(plain.length * 0.4))}⟧`),
  'ar-XB': (text) => aroundTags(text, (plain) => `⟦\u202e${plain}\u202c⟧`),
}

/** What the hub says in such a language. */
export const pseudoHub = async (change: (text: string) => string): Promise<Record<string, string>> =>
  Object.fromEntries((await import('./hub/sentences.json')).default.map((sentence) => [sentence, change(sentence)]))

/** A sentence may hold parts that are more than text, between `<name>` and `</name>`. */
const aroundTags = (text: string, change: (plain: string) => string): string =>
  text.replaceAll(/(?<=^|>)[^<>]+(?=<|$)/g, change)
