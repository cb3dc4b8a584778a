import { html } from 'ghtml'
import type { Reply } from '#simulator/http.ts'
import type { World } from '#simulator/state.ts'
import type { Consent, ConsentQuery, ConsentRefused } from './consent.ts'

/** The page that asks somebody, with a choice of who that is: one button allows, the other declines. */
export function consentPage(world: World, { app, scopes, redirect_uri }: Consent, asked: ConsentQuery): Reply {
  const people = [...world.people.values()].filter(({ status }) => status === 'active')
  const reach = app.type === 'admin_managed' ? 'your whole account' : 'you'
  return page(
    200,
    `Allow ${app.name}?`,
    html`<h1><span class="app">${app.name}</span> wants to act for ${reach} at Zoom</h1>
      <form method="post" action="/oauth/authorize">
        !${Object.entries(asked).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <label for="user">Signed in as</label>
        <select id="user" name="user">
          !${people.map(
            ({ email, display_name, role }) =>
              html`<option value="${email}">${display_name} – ${email} (${role})</option>`,
          )}
        </select>
        <details !${scopes.length > 8 ? '' : 'open'}>
          <summary>It asks for ${String(scopes.length)} scopes</summary>
          <ul>
            !${scopes.map((scope) => html`<li><code>${scope}</code></li>`)}
          </ul>
        </details>
        <p class="soft">You will be sent to <code>${new URL(redirect_uri).host}</code>.</p>
        <div class="buttons">
          <button name="decision" value="allow" class="main">Allow</button>
          <button name="decision" value="decline">Decline</button>
        </div>
      </form>`,
  )
}

/** Zoom's error page: a sentence and a number, and nowhere to go. */
export const refusalPage = ({ code, message }: ConsentRefused): Reply =>
  page(
    400,
    message,
    html`<h1>${message}</h1>
      <p class="soft">Error code: ${code.toLocaleString('en')}</p>`,
  )

const page = (status: number, title: string, body: string): Reply => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    // No form-action: Chromium holds the redirect after a form to it, too, and that leads to the app.
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
  },
  body: html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          !${style}
        </style>
      </head>
      <body>
        <main>!${body}</main>
        <footer>Zoom simulator</footer>
      </body>
    </html>`,
})

const style = `
  :root { color-scheme: light dark; --ink: light-dark(#1b2330, #e6e9ee); --soft: light-dark(#586274, #a3adbb);
    --line: light-dark(#c3cad5, #4a5462); --accent: light-dark(#0b5cd6, #79b0ff); }
  * { box-sizing: border-box }
  body { margin: 0; min-height: 100vh; display: grid; place-content: center; justify-items: center; gap: 1rem; padding: 1.25rem;
    background: light-dark(#f6f7f9, #14171c); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
  main { width: min(30rem, calc(100vw - 2.5rem)); padding: 2rem; border: 1px solid light-dark(#dde2e9, #323a45); border-radius: 16px;
    background: light-dark(#fff, #1c2128) }
  h1 { margin: 0 0 1.5rem; font-size: 1.15rem; font-weight: 500 }
  .app { display: block; font-size: 1.5rem; font-weight: 650; line-height: 1.25; overflow-wrap: anywhere }
  label, .soft, footer { color: var(--soft); font-size: .9rem }
  select { display: block; width: 100%; height: 2.75rem; margin: .25rem 0 1.25rem; padding: 0 .75rem; font: inherit; color: inherit;
    background: transparent; border: 1px solid var(--line); border-radius: 10px }
  option { color: initial }
  summary { cursor: pointer }
  ul { max-height: 14rem; margin: .5rem 0 0; padding: .5rem 0 0 1.25rem; overflow: auto }
  code { font: .85em/1.6 ui-monospace, monospace; overflow-wrap: anywhere }
  .buttons { display: flex; gap: .75rem; margin-top: 1.5rem }
  button { flex: 1; min-height: 2.75rem; font: inherit; font-weight: 550; cursor: pointer; border: 1px solid var(--line);
    border-radius: 10px; background: transparent; color: inherit }
  button.main { border-color: transparent; background: var(--accent); color: light-dark(#fff, #0d1622) }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
`
