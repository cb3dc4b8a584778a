import { z } from 'zod'

/** The answer to what leaves nothing to show. */
export const nothing = z.undefined().describe('Done')
