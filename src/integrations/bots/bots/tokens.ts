import { NotFoundError, sentenceOf } from '#core/errors.ts'
import type { Secret } from '#core/secret.ts'
import { connection } from '#hub/connections.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { keepFromZoom } from '#hub/meetings/keep-from-zoom.ts'
import { meetingByZoomId } from '#hub/meetings/read.ts'
import { zoomClient } from '#hub/tokens.ts'
import { localRecordingToken, onbehalfToken, zak } from '#zoom/join-tokens.ts'
import {
  connectionOf,
  connectionOfPmi,
  connectionOfUser,
  changeConnection,
  newestConnections,
} from '#integrations/bots/connections/rows.ts'
import type { BotConnectionRow, BotRow, JoinMode } from '#integrations/bots/tables.ts'
