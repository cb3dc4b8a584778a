import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { t } from '../../language.ts'
import { queries } from '../../queries.ts'

interface ConnectionFieldProps {
  value: string | undefined
  onChange: (id: string) => void
  error: string | undefined
}

/** Which Zoom app plans it; asked only where there is a choice. */
export function ConnectionField({ value, onChange, error }: ConnectionFieldProps) {
  const connections = useQuery(queries.connections()).data?.items.filter(({ state }) => state === 'connected') ?? []
  if (connections.length < 2) return null
  return (
    <NativeSelect
      label={t('Zoom app')}
      data={[
        { value: '', label: t('The account’s') },
        ...connections.map(({ id, zoom_app_name }) => ({ value: id, label: zoom_app_name })),
      ]}
      value={value ?? ''}
      onChange={(change) => onChange(change.currentTarget.value)}
      error={error}
    />
  )
}
