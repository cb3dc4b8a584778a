import { createTransport } from 'nodemailer'
import type { Secret } from '#core/secret.ts'

/** A mail of plain text. */
export interface Letter {
  to: string[]
  subject: string
  text: string
  /** The same for the same news: a mailbox that gets a letter twice, because the first answer was lost, shows it once. */
  id: string
}

export interface Mail {
  /** Where mails are handed in: `smtp.school.example`. */
  host: string
  /**
   * Answers which addresses the server refuses for good (RFC 5321, 4.2.1: a reply 5yz is not tried again).
   * @throws what kept the server from taking it for now.
   */
  send(letter: Letter): Promise<{ refused: string[] }>
  /** @throws when the server cannot be reached, or does not know the user. */
  check(): Promise<void>
}

/** Milliseconds: a mail goes out in the background, but its worker has other work. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 }

/** Mail by SMTP: `url` is `smtp://user:password@host:587` (STARTTLS where the server has it) or `smtps://…:465`. */
export function openMail({ url, from }: { url: Secret; from: string }): Mail {
  const transport = createTransport(
    { url: url.reveal(), ...timeouts },
    // A mail says that no person wrote it, so that no absence note comes back (RFC 3834).
    { from, headers: { 'Auto-Submitted': 'auto-generated' }, disableFileAccess: true, disableUrlAccess: true },
  )
  const host = new URL(url.reveal()).hostname
  return {
    host,
    async send({ to, subject, text, id }) {
      try {
        const { rejected } = await transport.sendMail({ to, subject, text, messageId: `<${id}@${host}>` })
        return { refused: rejected }
      } catch (error) {
        if (isForGood(error)) return { refused: to }
        throw error
      }
    },
    async check() {
      await transport.verify()
    },
  }
}

/** The server will not take it, whenever it is asked; that it does not know us is another matter, which an operator can mend. */
const isForGood = (error: unknown): boolean =>
  error instanceof Error &&
  'responseCode' in error &&
  typeof error.responseCode === 'number' &&
  error.responseCode >= 500 &&
  'code' in error &&
  (error.code === 'EENVELOPE' || error.code === 'EMESSAGE')
