// The least that can answer Zoom: checks the HMAC over the raw bytes and says 200. With DATABASE_URL it first commits the
// event by itself, one INSERT for each request.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import pg from 'pg'

const [port = '0', secret_token = ''] = process.argv.slice(2)
const url = process.env['DATABASE_URL']
const pool = url ? new pg.Pool({ connectionString: url, max: 20 }) : undefined
await pool?.query(
  'create table if not exists bare_event (id bigint generated always as identity primary key, body text not null)',
)

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    if (!isSigned(request.headers, body)) return response.writeHead(401).end()
    if (!pool) return response.writeHead(200).end()
    return pool
      .query({ name: 'event', text: 'insert into bare_event (body) values ($1)', values: [body.toString()] })
      .then(
        () => response.writeHead(200).end(),
        () => response.writeHead(500).end(),
      )
  })
})
server.listen(Number(port), '127.0.0.1', () => console.log('ready'))

function isSigned(headers: IncomingMessage['headers'], body: Buffer): boolean {
  const digest = createHmac('sha256', secret_token)
    .update(`v0:${String(headers['x-zm-request-timestamp'])}:`)
    .update(body)
    .digest('hex')
  const [given, expected] = [Buffer.from(String(headers['x-zm-signature'])), Buffer.from(`v0=${digest}`)]
  return given.length === expected.length && timingSafeEqual(given, expected)
}
