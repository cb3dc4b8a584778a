import { createHash } from 'node:crypto'

/** What is kept of a secret that is looked up by what somebody brings: SHA-256, which needs no salt for 256 random bits. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
