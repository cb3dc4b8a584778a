import { addEncryptionKey } from '#hub/key-file.ts'
import { resealAll } from '#hub/reseal.ts'
import { encryptionKeyFile } from '#config.ts'
import { openHub } from '#server.ts'
import { command } from './command.ts'

/** So long may a process need to commit what it sealed with the key that was current just before. */
const settle_ms = 2_000

export const encryptionKeyRotate = command({
  name: 'encryption-key rotate',
  summary: 'Makes a new encryption key and seals every stored secret with it, while servers run',
  usage: '',
  help: {},
  options: {},
  async run(_options, io) {
    await using opened = await openHub(io.config, io.log, { serve: false })
    const { hub } = opened
    if (io.config.encryptionKey) io.print('GREENROOM_ENCRYPTION_KEY names the keys: the first of them is the new one')
    else await addEncryptionKey(encryptionKeyFile(io.config))
    const first = await resealAll(hub)
    await hub.runtime.sleep(settle_ms)
    const { values, unreadable } = await resealAll(hub)
    const others = [...hub.keys.all.keys()].filter((id) => id !== hub.keys.current.id)
    io.print(`${first.values + values} stored secrets are sealed with the encryption key ${hub.keys.current.id}`)
    if (others.length > 0) io.print(`Kept for backups and for links on their way: ${others.join(', ')}`)
    for (const each of unreadable) io.print(`Not opened by any key that is here, and left as it is: ${each}`)
    return unreadable.length > 0 ? 1 : 0
  },
})
