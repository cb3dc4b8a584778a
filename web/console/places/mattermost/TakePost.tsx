import type { Placement } from '../../api.d.ts'
import { t } from '../../language.ts'
import { TakeAway } from '../TakeAway.tsx'

export function TakePost({ placement }: { placement: Placement }) {
  return (
    <TakeAway
      placement={placement}
      what={t('Delete the post in {{place_name}}', { place_name: placement.place_name })}
      action={t('Delete the post')}
    >
      {t('Its link leads nowhere then. The meeting stays, and can be posted again.')}
    </TakeAway>
  )
}
