import { html } from 'ghtml'
import type { Hub } from '#hub/hub.ts'
import type { Reply } from '#hub/integration.ts'
import { page } from '#hub/page/page.ts'

/** Asked before anything is sent: a robot that follows the link registers nothing. */
export const askToRegisterPage = (
  hub: Hub,
  name: string,
  action: string,
  asked: { openid_configuration: string; registration_token: string },
): Reply =>
  page({
    hub,
    title: 'Connect your LMS',
    frame: 'any',
    body: html`<form class="card stack" method="post" action="${action}">
      <h1>Connect ${new URL(asked.openid_configuration).host}</h1>
      <p class="lead">Greenroom adds itself to this LMS as “${name}”. It will get, of those who use it,</p>
      <ul>
        <li>name and e-mail address: to know who attended, and who hosts at Zoom</li>
        <li>the list of a course’s members: to know who is to be graded</li>
        <li>the right to write one grade per meeting that a teacher wants graded</li>
      </ul>
      !${Object.entries(asked).map(([field, value]) => html`<input type="hidden" name="${field}" value="${value}" />`)}
      <div class="row actions"><button class="button primary">Connect</button></div>
    </form>`,
  })

/** The platform closes the frame when it hears that we are done: https://www.imsglobal.org/spec/lti-dr/v1p0#step-4 */
export const registeredPage = (hub: Hub, { issuer, name }: { issuer: string; name: string }): Reply =>
  page({
    hub,
    title: 'Connected',
    frame: 'any',
    body: html`<div class="card stack">
      <h1>Connected</h1>
      <p class="lead">${new URL(issuer).host} is now the place “${name}” in Greenroom.</p>
      <p>
        If your LMS lists Greenroom as pending, activate it there. Then teachers can add “Greenroom” to their courses.
      </p>
    </div>`,
    script: `(opener || parent).postMessage({ subject: 'org.imsglobal.lti.close' }, '*')`,
  })
