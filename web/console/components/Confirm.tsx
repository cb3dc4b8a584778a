import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { Trouble } from './Notice.tsx'
import { useAsks } from './SideDrawer.tsx'
import { t } from '../language.ts'

interface ConfirmProps {
  opened: boolean
  title: string
  children: ReactNode
  /** What the button does, as a verb with its object. */
  action: string
  keep: string
  pending: boolean
  error: Error | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks before what cannot be taken back. */
export function Confirm({ opened, title, children, action, keep, pending, error, onConfirm, onClose }: ConfirmProps) {
  useAsks(opened)
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': t('Close') }}
      // Over a drawer it would be the page's second banner.
      attributes={{ header: { role: 'presentation' } }}
    >
      <Stack gap="md">
        <div>{children}</div>
        {error && <Trouble error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {keep}
          </Button>
          <Button color="red" loading={pending} onClick={onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
