// `npm run dev`: what `npm start` runs, started again when a file of the server changes; the console is built again when
// one of its own changes. Arguments go to `greenroom start`.
import { spawn } from 'node:child_process'

const programs = [
  ['--watch', '--watch-preserve-output', 'src/cli/greenroom.ts', 'start', ...process.argv.slice(2)],
  ['node_modules/vite/bin/vite.js', 'build', 'web/console', '--watch', '--logLevel', 'warn'],
]
const running = programs.map((args) => spawn(process.execPath, args, { stdio: 'inherit' }))

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    for (const child of running) child.kill(signal)
  })
for (const child of running)
  child.on('exit', (code) => {
    process.exitCode ||= code ?? 0
    for (const other of running) other.kill('SIGTERM')
  })
