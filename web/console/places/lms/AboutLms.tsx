import { useQuery } from '@tanstack/react-query'
import type { Place } from '../../api.d.ts'
import { Facts } from '../../components/Facts.tsx'
import { Listing } from '../../components/Listing.tsx'
import { queries } from '../../queries.ts'
import { t } from '../../language.ts'

/** What the LMS said of itself when it registered. */
export function AboutLms({ place }: { place: Place }) {
  const platforms = useQuery(queries.lms())
  return (
    <Listing answer={platforms} lines={1}>
      {({ items }) => {
        const platform = items.find(({ place_id }) => place_id === place.id)
        if (!platform) return null
        const { issuer, client_id, deployment_ids, product } = platform
        return (
          <Facts
            facts={{
              [t('Issuer')]: issuer,
              [t('Client ID')]: client_id,
              [deployment_ids.length === 1 ? t('Deployment') : t('Deployments')]: deployment_ids.join(', '),
              [t('Product')]: product,
            }}
          />
        )
      }}
    </Listing>
  )
}
