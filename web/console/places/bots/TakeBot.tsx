import type { Placement } from '../../api.d.ts'
import { t } from '../../language.ts'
import { TakeAway } from '../TakeAway.tsx'

export function TakeBot({ placement }: { placement: Placement }) {
  return (
    <TakeAway
      placement={placement}
      what={t('Call off {{bot_name}}', { bot_name: placement.title })}
      action={t('Call off')}
    >
      {t('If it is in the meeting, it leaves. The meeting goes on, and what was written down stays.')}
    </TakeAway>
  )
}
