import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { html } from 'ghtml'
import type { Hub } from '#hub/hub.ts'
import type { Reply } from '#hub/integration.ts'
import type { Brand } from '#hub/brand.ts'
import { mark, markAddress } from './mark.ts'

/*
 * The classes of page.css, light and dark by the reader's system, from phone width up:
 *
 *   text      h1 h2 h3; .lead (a soft paragraph under a title), .quiet (small and soft), .hidden (for screen readers alone)
 *   layout    .stack (blocks below each other), .row (things beside each other, wrapping), .end (in a .row: to the far side)
 *   card      <section class="card">, with an optional <header> first
 *   buttons   .button on <button> and <a>: .primary, .danger, .big, .small; <div class="row actions"> fills a phone's width
 *   forms     <p class="field"><label for>…</label><input id><small>help</small></p>; <small class="wrong"> with
 *             aria-invalid="true" on the input; <label class="choice"><input type="checkbox"> words</label>
 *   tables    <table class="table">; on a phone each row becomes a block with <td data-label="Column">, unless .keep
 *   facts     <dl class="facts"><div><dt>…</dt><dd>…</dd></div></dl>
 *   badges    <span class="badge">: .good, .live (pulses), .warn, .bad
 *   notes     <div class="note">: .warn, .bad; with role="status" or role="alert" when it appears later
 *   colours   var(--ink) --quiet --surface --raised --canvas --line --accent --accent-soft --good --warn --bad, for `style`
 *
 * There are no style attributes and no on… attributes: the policy forbids both. What is set as `!${…}` must be HTML already.
 */

export interface Page {
  hub: Hub
  /** Plain text; ` · Greenroom` follows it. */
  title: string
  /** HTML, by ghtml's `html`; set inside of `<main>`. */
  body: string
  /** HTML for `<head>`: links and metas. Scripts and styles there are refused; they have their own fields. */
  head?: string
  /** CSS of this page alone. */
  style?: string
  /** A classic script at the end of the body; `inScript` brings values into it. It may ask our own origin alone. */
  script?: string
  status?: number
  headers?: Record<string, string | string[]>
  /** Who may show it in a frame: nobody when absent, anybody, or these origins. The route needs `frame: true` as well. */
  frame?: 'none' | 'any' | readonly string[]
  /** Origins beside ours to which its forms lead, also by a redirect: browsers check both. */
  formsTo?: readonly string[]
  /** Room for tables. */
  wide?: boolean
  /** Whose page it is; Greenroom's own when absent. */
  brand?: Brand | undefined
  /** A BCP 47 tag, `en` when absent. */
  lang?: string
}

/** The document around every page that we render on the server. It asks nobody but us for anything. */
export function page(options: Page): Reply {
  const { hub, title, body, head = '', style = '', script, status = 200, frame = 'none', lang = 'en', brand } = options
  const nonce = randomBytes(16).toString('base64url')
  const framed = frame !== 'none'
  const classes = [framed && 'framed', options.wide && 'wide'].filter(Boolean).join(' ')
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy(hub, nonce, frame, options.formsTo ?? []),
      ...options.headers,
    },
    body: html`<!doctype html>
      <html lang="${lang}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>${title} · ${brand?.name ?? 'Greenroom'}</title>
          <link rel="icon" href="${markAddress}" />
          !${head}
          <style nonce="${nonce}">
            !${css}!${coloured(brand)}!${style}
          </style>
        </head>
        <body class="${classes}">
          !${framed && !brand ? '' : header(brand)}
          <main>!${body}</main>
          !${script === undefined ? '' : `<script nonce="${nonce}">${script}</script>`}
        </body>
      </html>`,
  }
}

const header = (brand: Brand | undefined): string =>
  brand
    ? html`<header class="brand">
        !${brand.logo_url ? html`<img src="${brand.logo_url}" alt="" />` : ''} ${brand.name}
      </header>`
    : html`<header class="brand">!${mark} Greenroom</header>`

/** The colour is known to carry white words; on other grounds it is made darker or lighter until it can be read. */
const coloured = (brand: Brand | undefined): string =>
  brand?.colour && /^#[0-9a-f]{6}$/.test(brand.colour)
    ? `:root{--button:${brand.colour};--button-hover:color-mix(in srgb,${brand.colour} 80%,black);` +
      `--accent:light-dark(color-mix(in srgb,${brand.colour} 85%,black),color-mix(in srgb,${brand.colour} 40%,white));` +
      `--accent-soft:light-dark(color-mix(in srgb,${brand.colour} 8%,white),color-mix(in srgb,${brand.colour} 20%,black))}`
    : ''

/** A value as it may stand in a script: `const meeting = ${inScript(meeting)}`. */
export const inScript = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')

/** The path under which browsers reach us, '' or for example `/greenroom`: what every link of ours begins with. */
export const basePath = (hub: Hub): string => new URL(hub.publicUrl).pathname.replace(/\/$/, '')

const css = readFileSync(new URL('page.css', import.meta.url), 'utf8')

function policy(hub: Hub, nonce: string, frame: Page['frame'], formsTo: readonly string[]): string {
  const ancestors = frame === 'any' ? [] : [`frame-ancestors ${Array.isArray(frame) ? frame.join(' ') : "'none'"}`]
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    `form-action ${["'self'", ...formsTo].join(' ')}`,
    "base-uri 'none'",
    ...ancestors,
    ...(hub.publicUrl.startsWith('https:') ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}
