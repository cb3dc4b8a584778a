import { viewerZone } from '../../times.ts'

export const zones = [...new Set([viewerZone(), 'UTC', ...Intl.supportedValuesOf('timeZone')])]
