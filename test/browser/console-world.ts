import type { Browser } from 'playwright-core'
import { takeTour } from '#cli/tour/class.ts'
import { addMember } from '#hub/workspaces.ts'
import { world, type World, type WorldOptions } from '../world.ts'
import { openChromium } from './chromium.ts'

interface ConsoleWorld {
  w: World
  browser: Browser
  publicUrl: string
  consoleUrl: string
  /** Signs the owner of the workspace in, once. */
  link: { url: string; user_id: string }
}

/** A world, a Chromium that reaches it, and the printed link by which its owner enters the console. */
export async function consoleWorld(
  scope: { after(close: () => Promise<void>): void },
  options?: WorldOptions,
): Promise<ConsoleWorld> {
  const w = await world(scope, options)
  const { publicUrl } = w.server.hub
  const browser = await openChromium(publicUrl, w.hubUrl)
  scope.after(() => browser.close())
  const link = await w.server.signIn.printOwnerLink()
  await addMember(w.server.hub, w.workspace_id, link.user_id, 'owner')
  return { w, browser, publicUrl, consoleUrl: `${publicUrl}/console`, link }
}

/** A lesson is planned and held, as the tour of the product does. */
export const lessonHeld = async (w: World): ReturnType<typeof takeTour> =>
  takeTour({
    hubUrl: w.hubUrl,
    simulatorUrl: w.simulatorUrl,
    key: await w.key('owner'),
    network: fetch,
    print: () => {},
  })
