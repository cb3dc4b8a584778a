import { html } from 'ghtml'
import type { Reply } from '#simulator/http.ts'

/** A page of the platform; `body` is HTML already. */
export const htmlPage = (title: string, body: string, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  body: html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · School LMS</title>
        <link rel="icon" href="data:," />
        <style>
          !${css}
        </style>
      </head>
      <body>
        !${body}
      </body>
    </html>`,
})

/** A form that sends itself: how one site hands the browser over to another with a POST. */
export function autoPost(action: string, fields: Iterable<[string, string]>): Reply {
  const inputs = [...fields].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)
  return htmlPage(
    'One moment',
    html`<form method="post" action="${action}">
        !${inputs}
        <noscript><button>Continue</button></noscript>
      </form>
      <script>
        document.forms[0].submit()
      </script>`,
  )
}

/** The header that is the same on every page. */
export const header = (user: string, here: string): string =>
  html`<header>
    <div>
      <strong>School LMS</strong>
      <nav>
        !${[
          ['/hosts/lms', 'Course'],
          ['/hosts/lms/gradebook', 'Grades'],
          ['/hosts/lms/tools', 'Tools'],
        ].map(([path, name]) => html`<a href="${path}" !${path === here ? 'aria-current="page"' : ''}>${name}</a>`)}
      </nav>
      <span class="soft">a stand-in · ${user} <a href="/hosts/lms/login">change</a></span>
    </div>
  </header>`

const css = `
  :root {
    color-scheme: light dark;
    --paper: light-dark(#f4f5f7, #15181d);
    --card: light-dark(#fff, #1d2229);
    --ink: light-dark(#1d2125, #e4e7eb);
    --soft: light-dark(#5a6570, #a2adb9);
    --line: light-dark(#dce1e6, #343c46);
    --accent: light-dark(#0f6cbf, #7fbaf5);
    --on-accent: light-dark(#fff, #0c1a28);
  }
  * { box-sizing: border-box; }
  body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
  header { background: var(--card); border-bottom: 1px solid var(--line); }
  header > div { display: flex; flex-wrap: wrap; gap: .4rem 1.5rem; align-items: center; padding-block: .8rem; }
  header > div, main { max-width: 64rem; margin: 0 auto; padding-inline: 1.25rem; }
  header .soft { margin-left: auto; }
  nav { display: flex; gap: 1.2rem; }
  nav a { color: inherit; text-decoration: none; padding-block: .2rem; }
  nav a[aria-current] { border-bottom: 3px solid var(--accent); }
  a { color: var(--accent); }
  h1 { font-size: 1.5rem; margin: 1.2rem 0 .8rem; }
  h2 { font-size: 1.05rem; margin: 1.4rem 0 .6rem; }
  .soft { color: var(--soft); font-size: .87rem; }
  .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem; margin-bottom: .8rem; overflow-x: auto; }
  .card.frame { padding: 0; overflow: hidden; }
  iframe { display: block; width: 100%; height: 600px; border: 0; }
  form { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; }
  label { display: grid; gap: .2rem; font-size: .85rem; color: var(--soft); flex: 1 1 16rem; }
  input, select, button, .button { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .4rem .8rem; }
  button, .button { cursor: pointer; text-decoration: none; display: inline-block; }
  button.main, .button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); }
  td { font-variant-numeric: tabular-nums; }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
`
