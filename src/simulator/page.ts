import { readFileSync } from 'node:fs'
import type { Reply } from './http.ts'

const html = readFileSync(new URL('page.html', import.meta.url), 'utf8')

/** The page to play the simulator by hand. It asks nobody but the simulator, and what it shows it shows as text. */
export const page: Reply = {
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'",
  },
  body: html,
}
