import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { t } from '../../language.ts'
import { queries } from '../../queries.ts'

interface ConnectionFieldProps {
  value: string | undefined
  onChange: (id: string) => void
  error: string | undefined
}

/** Which Zoom app plans it, the accounts' own first; asked only where there is a choice. */
export function ConnectionField({ value, onChange, error }: ConnectionFieldProps) {
  const apps = useQuery(queries.connectionsByApp()).data?.items ?? []
  const working = useQuery(queries.connected()).data?.items ?? []
  const connections = [
    ...apps.flatMap(({ kind, usual }) => (usual?.state === 'connected' && kind !== 'user_managed' ? [usual] : [])),
    ...working.filter(({ kind }) => kind === 'user_managed'),
  ]
  if (connections.length < 2) return null
  return (
    <NativeSelect
      label={t('Zoom app')}
      data={[
        { value: '', label: t('The account’s') },
        ...connections.map(({ id, zoom_app_name, zoom_user_email }) => ({
          value: id,
          label: zoom_user_email ? `${zoom_app_name} · ${zoom_user_email}` : zoom_app_name,
        })),
      ]}
      value={value ?? ''}
      onChange={(change) => onChange(change.currentTarget.value)}
      error={error}
    />
  )
}
