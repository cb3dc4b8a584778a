import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { Icon } from './Icon.tsx'
import { t } from '../language.ts'

interface CopyProps {
  label: string
  value: string
}

/** A line to copy, in sight as well: where the browser forbids copying (plain HTTP), it can be selected by hand. */
export function CopyLine({ label, value, description }: CopyProps & { description?: string }) {
  const clipboard = useClipboard()
  const word = clipboard.copied ? t('Copied') : t('Copy {{label}}', { label })
  return (
    <TextInput
      readOnly
      label={label}
      description={description}
      value={value}
      error={
        clipboard.error ? t('The browser does not allow it here: select the line and copy it yourself') : undefined
      }
      onFocus={(focus) => focus.currentTarget.select()}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
      rightSection={
        <Tooltip label={word}>
          <ActionIcon variant="subtle" color="gray" aria-label={word} onClick={() => clipboard.copy(value)}>
            <Icon name={clipboard.copied ? 'done' : 'copy'} />
          </ActionIcon>
        </Tooltip>
      }
    />
  )
}

export function CopyButton({ label, value, size = 'sm' }: CopyProps & { size?: 'xs' | 'sm' }) {
  const clipboard = useClipboard()
  return (
    <Button
      variant="default"
      size={size}
      leftSection={<Icon name={clipboard.copied ? 'done' : 'copy'} />}
      onClick={() => clipboard.copy(value)}
    >
      {clipboard.copied ? t('Copied') : clipboard.error ? t('Not allowed here') : label}
    </Button>
  )
}
