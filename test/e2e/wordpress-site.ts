import assert from 'node:assert/strict'
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { until } from '../world.ts'

/** A real WordPress, and how to write a post into it. */
export interface WordPress {
  url: string
  /** Publishes a post and answers its address. */
  publish(title: string, content: string): Promise<string>
}

type Scope = { after(close: () => Promise<void>): void }
const run = promisify(execFile)

const [source, packages] = [
  '/usr/share/wordpress',
  ['wordpress', 'wordpress-theme-twentytwentythree', 'php-cli', 'php-mysql', 'mariadb-server'],
]

/** The one of GREENROOM_E2E_WORDPRESS_URL, whose _ADMIN has _PASSWORD as an application password. */
export function namedWordPress(env: Record<string, string | undefined>): WordPress | undefined {
  const url = env['GREENROOM_E2E_WORDPRESS_URL']?.replace(/\/+$/, '')
  if (!url) return undefined
  const [admin, password] = [env['GREENROOM_E2E_WORDPRESS_ADMIN'], env['GREENROOM_E2E_WORDPRESS_PASSWORD']]
  if (!admin || !password)
    throw new Error(
      `Say who writes the post at ${url}: GREENROOM_E2E_WORDPRESS_ADMIN and, as GREENROOM_E2E_WORDPRESS_PASSWORD, an application password.`,
    )
  return {
    url,
    async publish(title, content) {
      const answer = await fetch(`${url}/?rest_route=/wp/v2/posts`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${Buffer.from(`${admin}:${password}`).toString('base64')}`,
        },
        body: JSON.stringify({ title, content, status: 'publish' }),
      })
      const post = (await answer.json()) as { link: string; message?: string }
      assert.equal(answer.status, 201, post.message)
      return post.link
    },
  }
}

/**
 * Debian's WordPress in a folder of its own, on a MariaDB of its own, by PHP's own web server. By itself it asks the ports 80,
 * 443 and 8080 alone: another `hubPort` is added to them, as an administrator would.
 */
export async function ownWordPress(scope: Scope, hubPort: number): Promise<WordPress> {
  install()
  const home = await mkdtemp(join(tmpdir(), 'greenroom-wordpress-'))
  const processes: ChildProcess[] = []
  scope.after(async () => {
    for (const process of processes.toReversed()) await stop(process)
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  })
  const start = (command: string, args: string[], env: Record<string, string> = {}) =>
    // A group of its own: PHP's workers are its children.
    processes.push(
      spawn(command, args, { stdio: 'ignore', detached: true, cwd: home, env: { ...process.env, ...env } }),
    )

  const [socket, port] = [join(home, 'sql.sock'), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const site = join(home, 'site')
  await run('mariadb-install-db', [
    '--no-defaults',
    `--datadir=${join(home, 'sql')}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    ...asRoot,
  ])
  start('mariadbd', [
    '--no-defaults',
    `--datadir=${join(home, 'sql')}`,
    `--socket=${socket}`,
    '--skip-networking',
    ...asRoot,
  ])
  await cp(source, site, { recursive: true, dereference: true })
  await writeFile(join(site, 'wp-config.php'), config(socket, url))
  await mkdir(join(site, 'wp-content/mu-plugins'), { recursive: true })
  if (hubPort !== 8080)
    await writeFile(
      join(site, 'wp-content/mu-plugins/ports.php'),
      `<?php add_filter('http_allowed_safe_ports', fn($ports) => [...$ports, ${hubPort}]);`,
    )
  await writeFile(join(home, 'install.php'), installScript)
  await writeFile(join(home, 'publish.php'), publishScript)
  await until(async () => existsSync(socket), 'MariaDB', 60)
  await run('mariadb', ['--no-defaults', `--socket=${socket}`, '--user=root', '-e', 'create database wordpress'])
  await run('php', [join(home, 'install.php'), site])
  start('php', ['-S', `127.0.0.1:${port}`, '-t', site], { PHP_CLI_SERVER_WORKERS: '4' })
  await until(async () => (await fetch(url).catch(() => undefined))?.status === 200, 'WordPress', 60)
  return {
    url,
    publish: async (title, content) =>
      (await run('php', [join(home, 'publish.php'), site, title, content])).stdout.trim(),
  }
}

function install(): void {
  if (existsSync(join(source, 'wp-load.php')) && existsSync('/usr/bin/php') && existsSync('/usr/sbin/mariadbd')) return
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(
      `There is no WordPress here. Install Debian’s packages ${packages.join(', ')}, or name a site in GREENROOM_E2E_WORDPRESS_URL.`,
    )
  // Runlevel 1: no service of theirs is started.
  const quietly = {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  } as const
  execFileSync('apt-get', ['update', '-qq'], quietly)
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quietly)
}

const asRoot = process.getuid?.() === 0 ? ['--user=root'] : []

const config = (socket: string, url: string): string => `<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:${socket}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', '${url}'); define('WP_SITEURL', '${url}');
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`

const installScript = `<?php
define('WP_INSTALLING', true);
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('School', 'admin', 'admin@school.example', true, '', wp_generate_password());
`

const publishScript = `<?php
require $argv[1] . '/wp-load.php';
$id = wp_insert_post(['post_title' => $argv[2], 'post_content' => $argv[3], 'post_status' => 'publish', 'post_author' => 1], true);
if (is_wp_error($id)) { fwrite(STDERR, $id->get_error_message()); exit(1); }
echo get_permalink($id);
`

/** `wanted` when nobody has it. */
export async function freePort(wanted = 0): Promise<number> {
  const probe = createServer()
  const taken = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(true)).listen(wanted, '127.0.0.1', () => resolve(false))
  })
  if (taken) return freePort()
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-child.pid, 'SIGTERM')
  await gone
}
