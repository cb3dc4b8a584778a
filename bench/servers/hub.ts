// The hub as `greenroom serve` runs it, but for the worker: its jobs wait.
import { createLog } from '#core/log.ts'
import { Secret } from '#core/secret.ts'
import { readConfig } from '#config.ts'
import { createHttp } from '#http/server.ts'
import { openSignIn } from '#http/sign-in.ts'
import { openHub } from '#server.ts'

const config = readConfig(process.env)
const log = createLog({ level: config.logLevel })
const { hub, address } = await openHub(config, log, { serve: false })
const signIn = await openSignIn({ address, publicUrl: config.publicUrl, secret: new Secret('x'.repeat(32)), log })
const http = await createHttp(hub, { routes: [], signIn, console: config.data })
const { url } = await http.listen(config.port, config.host)
console.log(`ready ${url}`)
process.on('SIGTERM', () => process.exit())
