import { lmsHost } from './hosts/lms/host.ts'
import { mattermostHost } from './hosts/mattermost/host.ts'
import { siteHost } from './hosts/site/host.ts'
import type { Incoming, Reply } from './http.ts'

/** What a stand-in host knows of the simulator that it lives in. */
export interface Surroundings {
  /** The simulator's origin: `http://127.0.0.1:8081`. */
  base: string
  /** Epoch milliseconds of the simulator's clock. */
  now(): number
}

/** A host (a chat, an LMS, a site) that the simulator plays beside Zoom, under a prefix of its own. */
export interface StandIn {
  /** `/hosts/lms`, without a slash at the end. */
  prefix: string
  /** Answers everything below the prefix; the path comes whole. */
  handle(incoming: Incoming): Promise<Reply>
  /** Back to how it began: part of `POST /_/reset`. */
  reset(): void
}

const hosts: ((surroundings: Surroundings) => StandIn)[] = [mattermostHost, lmsHost, siteHost]

/** All stand-in hosts, newly made. */
export const openStandIns = (surroundings: Surroundings): StandIn[] => hosts.map((host) => host(surroundings))

/** The one whose prefix the path begins with. */
export const standInAt = (standIns: StandIn[], path: string): StandIn | undefined =>
  standIns.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))
