import { html } from 'ghtml'
import type { Reply } from '#simulator/http.ts'
import type { Post, Site } from './state.ts'

/** What was posted, the newest first, and a form to post more. */
export const frontPage = (site: Site): Reply =>
  page(
    site,
    'School web site',
    html`<h1>News</h1>
      <ul>
        !${[...site.posts.values()]
          .toReversed()
          .map((post) => html`<li><a href="${site.home}/${post.slug}">${post.title}</a></li>`)
          .join('')}
      </ul>
      <form method="post" action="${site.home}/posts">
        <h2>Write a post</h2>
        <label for="title">Title</label>
        <input id="title" name="title" required />
        <label for="content">Text. A line that is nothing but an address is embedded.</label>
        <textarea id="content" name="content" rows="6"></textarea>
        <button>Publish</button>
      </form>`,
  )

export const postPage = (site: Site, post: Post): Reply =>
  page(
    site,
    post.title,
    html`<article>
      <h1>${post.title}</h1>
      !${contentOf(post)}
    </article>`,
  )

function contentOf({ content, embeds }: Post): string {
  return content
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const found = embeds.get(line.trim())
      if (!found) return html`<p>${line}</p>`
      return found.html ? `<figure>${found.html}</figure>` : html`<p><a href="${line.trim()}">${line.trim()}</a></p>`
    })
    .join('')
}

const page = (site: Site, title: string, body: string): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  body: html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · School</title>
        <link rel="icon" href="data:," />
        <style>
          !${css}
        </style>
      </head>
      <body>
        <header><a href="${site.home}">School web site</a> <small>a stand-in for WordPress</small></header>
        <main>!${body}</main>
        <script src="${site.home}/embed.js"></script>
      </body>
    </html>`,
})

const css = `
  :root { color-scheme: light dark }
  body { margin: 0; font: 1.0625rem/1.6 Georgia, serif; background: light-dark(#fffdf8, #1a1815); color: light-dark(#25211c, #eae4da) }
  header, main { max-width: 40rem; margin: 0 auto; padding: 16px 20px }
  header { border-bottom: 1px solid light-dark(#e6dfd2, #38332c) }
  header a, h1 a { color: inherit; text-decoration: none; font-weight: 700 }
  header small { color: light-dark(#6b6256, #b0a697) }
  a { color: light-dark(#7a3b10, #f0b37e) }
  figure { margin: 20px 0 }
  figure iframe { width: 100%; border: 0 }
  form { display: grid; gap: 8px; margin-top: 32px }
  input, textarea, button { padding: 8px; font: inherit }
`
