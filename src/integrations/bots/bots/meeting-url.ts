/** An address that a bot can go to, and what it says. */
export interface MeetingUrl {
  /** Without anything that is not needed to join. */
  url: string
  /** The meeting's number. */
  zoom_meeting_id: string
  /** `pwd`: the passcode, plain or as Zoom encrypts it for links. */
  passcode: string | undefined
  /** `tk`: the token of a registrant. */
  tk: string | undefined
}

/**
 * Reads the address of a Zoom meeting as people paste it: out of mails and calendars, encoded once or three times, with a
 * tail of punctuation. `bases` are further Zooms, as origins: a government's, the simulator's.
 * @returns undefined for anything else, and for an address that carries another one inside.
 */
export function readMeetingUrl(text: string, bases: readonly string[]): MeetingUrl | undefined {
  const plain = decoded(text.trim().replace(/>+$/, ''))
  if (plain === undefined || holdsAnother(plain)) return undefined
  const address = /^https?:\/\//i.test(plain) ? plain : `https://${plain}`
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const origin = originOf(url, bases)
  const path = (/^[A-Za-z0-9/_-]*/.exec(url.pathname)?.[0] ?? '').replaceAll(/\/+/g, '/')
  const zoom_meeting_id = /\d+/.exec(path)?.[0] ?? ''
  if (!origin || !/^\d{9,11}$/.test(zoom_meeting_id)) return undefined
  const passcode = /^[\w-]+(?:\.\d+)?/.exec(url.searchParams.get('pwd') ?? '')?.[0]
  const tk = /^[\w.-]+/.exec(url.searchParams.get('tk') ?? '')?.[0]
  const query = new URLSearchParams({ ...(passcode ? { pwd: passcode } : {}), ...(tk ? { tk } : {}) }).toString()
  return { url: `${origin}${path}${query && `?${query}`}`, zoom_meeting_id, passcode, tk }
}

/** Links that went through other programs are encoded more than once; what is still encoded after three rounds is no link. */
function decoded(text: string): string | undefined {
  let plain = text
  for (let round = 0; round < 3 && /%[0-9a-f]{2}/i.test(plain); round++) {
    try {
      plain = decodeURIComponent(plain)
    } catch {
      // Half an escape in an address that can be read already.
      return /^https?:\/\//i.test(plain) ? plain : undefined
    }
  }
  return plain
}

/** A second address inside, plain, encoded or in base64, is a trap for whoever follows it. */
function holdsAnother(text: string): boolean {
  const rest = text.replace(/^https?:\/\//i, '')
  const unescaped = rest.replaceAll(/%(25)*3a/gi, ':').replaceAll(/%(25)*2f/gi, '/')
  return /:\/\//.test(unescaped) || [...rest.matchAll(/[\w+/-]{11,}/g)].some(([run]) => hidesAddress(run))
}

/** Base64 may begin anywhere in a run of its letters. */
const hidesAddress = (run: string): boolean =>
  [0, 1, 2, 3].some((skip) => /https?:\/\//i.test(Buffer.from(run.slice(skip), 'base64').toString('latin1')))

/** Of Zoom itself always https and `zoom.us`; of the other Zooms as they were entered. */
function originOf(url: URL, bases: readonly string[]): string | undefined {
  const { hostname, host } = url
  if (url.username || url.password) return undefined
  const entered = bases.find((base) => new URL(base).host === host)
  if (entered) return new URL(entered).origin
  if (isWithin(hostname, 'zoom.us') || isWithin(hostname, 'zoomgov.com')) return `https://${hostname}`
  return isWithin(hostname, 'zoom.com') ? `https://${hostname.replace(/zoom\.com$/, 'zoom.us')}` : undefined
}

const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`)
