import { html } from 'ghtml'
import type { Hub } from '#hub/hub.ts'
import type { Reply } from '#hub/integration.ts'
import { page } from '#hub/page/page.ts'

/** Takes the browser to another site with a POST: a form that sends itself. */
export const autoPostPage = (hub: Hub, action: string, fields: Record<string, string>): Reply =>
  page({
    hub,
    title: 'Back to the course',
    frame: 'any',
    formsTo: [new URL(action).origin],
    body: html`<form method="post" action="${action}">
      !${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <p class="lead">Your meeting is planned. Taking you back to the course …</p>
      <button class="button primary">Continue</button>
    </form>`,
    script: 'document.forms[0].submit()',
  })
