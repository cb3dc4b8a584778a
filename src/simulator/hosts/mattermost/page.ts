import { readFileSync } from 'node:fs'
import type { Reply } from '#simulator/http.ts'

/** The chat as a person sees it. It asks nobody but this server, and what it shows it shows as text. */
export const page: Reply = {
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'",
  },
  body: readFileSync(new URL('page.html', import.meta.url), 'utf8'),
}
