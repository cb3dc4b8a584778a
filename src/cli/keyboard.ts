import { emitKeypressEvents } from 'node:readline'

/** Listens for single keys where somebody sits at a terminal; one action at a time, Ctrl-C as ever. */
export function onKey(actions: Record<string, () => unknown>): Disposable {
  if (!process.stdin.isTTY) return { [Symbol.dispose]: () => {} }
  emitKeypressEvents(process.stdin)
  process.stdin.setRawMode(true)
  process.stdin.resume()
  let busy = false
  const pressed = async (_text: string | undefined, key: { name?: string; ctrl?: boolean }): Promise<void> => {
    // In raw mode the terminal sends no signal itself.
    if (key.ctrl && key.name === 'c') process.kill(process.pid, 'SIGINT')
    const action = key.ctrl ? undefined : actions[key.name ?? '']
    if (!action || busy) return
    busy = true
    try {
      await action()
    } catch (error) {
      process.stderr.write(`${(error as Error).message}\n`)
    } finally {
      busy = false
    }
  }
  const listener = (text: string | undefined, key: { name?: string; ctrl?: boolean }) => void pressed(text, key)
  process.stdin.on('keypress', listener)
  return {
    [Symbol.dispose]() {
      process.stdin.off('keypress', listener)
      process.stdin.setRawMode(false)
      process.stdin.pause()
    },
  }
}
