import { bots } from './bots.tsx'
import type { Kind } from './kind.ts'
import { lms } from './lms.tsx'
import { mattermost } from './mattermost.tsx'
import { site } from './site.tsx'

/** By the name of the integration, in the order in which they are offered. */
export const kinds: Record<string, Kind> = { lti: lms, mattermost, site, bots }

/** An integration that the console has no words for goes by its own name. */
export const kindWord = (integration: string): string => kinds[integration]?.word ?? integration
