/** ISO 8601 in UTC with microseconds, of which ours are always zero. */
export const micros = (time: Date): string => time.toISOString().replace('Z', '000Z')

export const microsOrNull = (time: Date | null): string | null => time && micros(time)
