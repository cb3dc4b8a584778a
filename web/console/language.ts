// The language of the console. It is chosen before anything else runs, so that tables of words can be constants; another one is
// another start of the page. Keys are the English sentences themselves.
import i18next from 'i18next'
import { languages, pseudo, pseudoHub } from './languages/list.ts'
import { sentencesOf } from './sentences.ts'

const key = 'greenroom-language'
const workspaceKey = 'greenroom-workspace-language'
const kept = [key, workspaceKey].map((each) => localStorage.getItem(each))
const wanted = [...kept, ...navigator.languages].filter((each) => each !== null)
const known = (tag: string): string | undefined =>
  tag in languages || tag in pseudo ? tag : tag.split('-', 1).find((base) => base in languages)

/** What is spoken here: a BCP 47 tag. */
export const language: string = wanted.flatMap((tag) => known(tag) ?? []).at(0) ?? 'en'

/** For dates and numbers: the reader's own variant of the language (English of Ireland), where the browser names one. */
export const locale: string =
  navigator.languages.find((tag) => tag.split('-', 1)[0] === language.split('-', 1)[0]) ?? language

await i18next
  .use({ type: 'postProcessor', name: 'pseudo', process: (text: string) => pseudo[language]?.(text) ?? text })
  .init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: (await languages[language]?.texts()) ?? {} } },
    keySeparator: false,
    nsSeparator: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    ...(language in pseudo ? { postProcess: 'pseudo' } : {}),
  })

export const direction: 'ltr' | 'rtl' = i18next.dir(language)
document.documentElement.lang = language
document.documentElement.dir = direction

/** The words of this language for an English sentence; `{{name}}` in it is filled in. */
export const t = (text: string, values?: Record<string, string | number>): string => i18next.t(text, values ?? {})

const change = pseudo[language]
const ofHub = await (change ? pseudoHub(change) : languages[language]?.hub?.())
const fromHub = ofHub && sentencesOf(ofHub)

/** What the hub said, in this language: it speaks English. What it does not say itself, like Zoom's own words, stays as it is. */
export const hubWords = (message: string): string => fromHub?.(message) ?? message

/** Whether `hubWords` has nothing to say of it in this language, so that it is shown in English. */
export const staysEnglish = (message: string): boolean => language !== 'en' && fromHub?.(message) === undefined

/**
 * The language of the workspace, known once it is known who is there: kept for the next start, which is now where another one is spoken
 * until then. Who has chosen a language keeps it.
 */
export function speakAsWorkspace(tag: string | null): void {
  if (tag === localStorage.getItem(workspaceKey)) return
  if (tag === null) localStorage.removeItem(workspaceKey)
  else localStorage.setItem(workspaceKey, tag)
  if (localStorage.getItem(key) === null) location.reload()
}

/** Keeps the choice in this browser and starts the page in it. */
export function speak(tag: string): void {
  localStorage.setItem(key, tag)
  location.reload()
}
