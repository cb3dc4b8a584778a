import { Switch } from '@mantine/core'
import type { ZoomApp } from '../api.d.ts'
import { t } from '../language.ts'

interface ScopeFamilyProps {
  value: ZoomApp['scope_family']
  onChange: (family: NonNullable<ZoomApp['scope_family']>) => void
  disabled?: boolean
}

/** By which names the app's scopes go at Zoom, asked as what people know of it. */
export function ScopeFamily({ value, onChange, disabled = false }: ScopeFamilyProps) {
  return (
    <Switch
      label={t('The app is older than March 2024')}
      description={t('Such apps have the classic scopes, which have other names')}
      checked={value === 'classic'}
      disabled={disabled}
      onChange={({ currentTarget: { checked } }) => onChange(checked ? 'classic' : 'granular')}
    />
  )
}
