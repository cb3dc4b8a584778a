// Imported before a client of Zoom's that names zoom.us and api.zoom.us in its own code: here these names lead to the
// simulator's port, as a line in /etc/hosts would. Certificates are checked as ever.
import tls from 'node:tls'

const port = Number(process.env['ZOOM_PORT'])
const names = new Set(['zoom.us', 'api.zoom.us'])
const connect = tls.connect.bind(tls) as (options: tls.ConnectionOptions, ...more: unknown[]) => tls.TLSSocket

Object.assign(tls, {
  connect: (options: tls.ConnectionOptions, ...more: unknown[]) => {
    if (!names.has(options.host ?? '')) throw new Error(`${options.host} is not Zoom`)
    return connect({ servername: options.host ?? '', ...options, host: '127.0.0.1', port }, ...more)
  },
})
