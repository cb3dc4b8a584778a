import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { t } from '../language.ts'

/** Where a Zoom app lives; each Zoom has its own pair of origins. */
export interface ZoomBase {
  oauth_base: string
  api_base: string
}

/** Each with the Marketplace whose apps it has: https://developers.zoom.us/docs/distribute/zoom-for-government/ */
const known = {
  'zoom.us': {
    oauth_base: 'https://zoom.us',
    api_base: 'https://api.zoom.us',
    marketplace: 'https://marketplace.zoom.us/develop/create',
  },
  'zoomgov.com': {
    oauth_base: 'https://zoomgov.com',
    api_base: 'https://api.zoomgov.com',
    marketplace: 'https://marketplace.zoomgov.com/develop/create',
  },
} as const
const other = t('Another, for example the simulator')

const baseOf = ({ oauth_base, api_base }: ZoomBase): ZoomBase => ({ oauth_base, api_base })

export const usualZoom: ZoomBase = baseOf(known['zoom.us'])

/** Where apps of this Zoom are made. One that is not Zoom’s own has no Marketplace: its hints lead to Zoom’s. */
const marketplaceOf = (oauth_base: string): string =>
  (Object.values(known).find((each) => each.oauth_base === oauth_base) ?? known['zoom.us']).marketplace

export function MarketplaceLink({ oauth_base }: { oauth_base: string }) {
  const url = marketplaceOf(oauth_base)
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {new URL(url).host}
    </a>
  )
}

interface WhichZoomProps {
  value: ZoomBase
  onChange: (value: ZoomBase) => void
  /** What the hub has against one of them. */
  errors?: { [field in keyof ZoomBase]?: string | undefined }
}

/** Zoom, Zoom for Government, or one whose origins are entered. */
export function WhichZoom({ value, onChange, errors = {} }: WhichZoomProps) {
  const names = Object.keys(known) as (keyof typeof known)[]
  const [name, setName] = useState(() => names.find((each) => known[each].oauth_base === value.oauth_base))
  return (
    <>
      <NativeSelect
        label={t('Zoom')}
        value={name ?? other}
        onChange={({ currentTarget }) => {
          const chosen = names.find((each) => each === currentTarget.value)
          setName(chosen)
          onChange(chosen ? baseOf(known[chosen]) : { oauth_base: '', api_base: '' })
        }}
        data={[...names, other]}
      />
      {name === undefined &&
        (['oauth_base', 'api_base'] as const).map((field) => (
          <TextInput
            key={field}
            label={field === 'oauth_base' ? t('OAuth base') : t('API base')}
            placeholder="http://localhost:8081"
            required
            value={value[field]}
            error={errors[field]}
            onChange={({ currentTarget }) => onChange({ ...value, [field]: currentTarget.value })}
          />
        ))}
    </>
  )
}
