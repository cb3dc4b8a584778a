import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/**
 * A Chromium of this machine: CHROMIUM_PATH, or the system's, or Debian's package, which is installed when there is none and the
 * tests run as root. What it asks of `publicUrl` goes to `listens`: the hub under test has a port of its own.
 */
export const openChromium = (publicUrl: string, listens: string): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath(),
    args: [
      `--host-resolver-rules=MAP ${new URL(publicUrl).host} ${new URL(listens).host}`,
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Chromium's own sandbox refuses to run as root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  })

function chromiumPath(): string {
  const chosen = process.env['CHROMIUM_PATH']
  if (chosen) return chosen
  return usual.find((path) => existsSync(path)) ?? installed()
}

/** Test files run beside each other: one installs, the others wait and find what it installed. */
function installed(): string {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error('The browser tests need a Chromium: install one, or name it in CHROMIUM_PATH.')
  }
  const install =
    '[ -x /usr/bin/chromium ] || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; }'
  execFileSync('flock', [join(tmpdir(), 'greenroom-chromium.lock'), 'sh', '-c', install], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return '/usr/bin/chromium'
}
