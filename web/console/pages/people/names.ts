import type { Person } from '../../api.d.ts'
import { t } from '../../language.ts'

export const nameOfPerson = ({ id, name, links }: Person): string => name ?? links[0]?.name ?? id

const sourceWords: Record<string, string> = { lti: t('Course'), mattermost: t('Chat'), zoom: t('Zoom') }

/** "lti:plc_…" as "Course". */
export const sourceOf = (source: string): string => sourceWords[source.split(':', 1)[0] ?? ''] ?? source
