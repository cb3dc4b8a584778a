import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

// The server that serves the built page puts its own address and a fresh nonce in place of these words. While developing, vite is
// that server.
const placeholders: Plugin = {
  name: 'placeholders',
  apply: 'serve',
  transformIndexHtml: (html) => html.replaceAll('__BASE__', '/console/').replaceAll(' nonce="__NONCE__"', ''),
}

const hub = `http://localhost:${process.env['PORT'] ?? 8080}`

export default defineConfig(({ command }) => ({
  root: import.meta.dirname,
  base: command === 'serve' ? '/console/' : './',
  plugins: [react(), placeholders],
  html: { cspNonce: '__NONCE__' },
  server: { proxy: { '/api': hub, '/healthz': hub } },
  build: { outDir: '../../dist/console', emptyOutDir: true, assetsInlineLimit: 0, target: 'es2023' },
}))
