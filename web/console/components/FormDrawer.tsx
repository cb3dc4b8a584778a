import { useDisclosure } from '@mantine/hooks'
import { type ReactNode, useLayoutEffect, useState } from 'react'
import { t } from '../language.ts'
import { Confirm } from './Confirm.tsx'
import { SideDrawer } from './SideDrawer.tsx'

interface FormDrawerProps {
  opened: boolean
  onClose: () => void
  title: string
  /** The form, which tells by `useTold` whether closing would lose something. */
  children: (onChanged: (changed: boolean) => void) => ReactNode
}

/** A drawer with a long form. Escape and a click beside it are quickly done: where something was entered they ask first. */
export function FormDrawer({ opened, onClose, title, children }: FormDrawerProps) {
  const [changed, setChanged] = useState(false)
  const [asks, { open: ask, close: goOn }] = useDisclosure()
  return (
    <SideDrawer
      opened={opened}
      // Later, because the question would hear of the same Escape, and be closed by it.
      onClose={changed ? () => setTimeout(ask) : onClose}
      title={title}
      wide
    >
      {children(setChanged)}
      <Confirm
        opened={asks}
        title={t('Discard what was entered?')}
        action={t('Discard it')}
        keep={t('Keep editing')}
        pending={false}
        error={null}
        onConfirm={() => {
          goOn()
          onClose()
        }}
        onClose={goOn}
      >
        {t('Nothing of it has been sent to Zoom.')}
      </Confirm>
    </SideDrawer>
  )
}

/** In the form. Once it is gone there is nothing to lose. */
export function useTold(changed: boolean, onChanged: (changed: boolean) => void): void {
  // Before the next key, which may be Escape.
  useLayoutEffect(() => {
    onChanged(changed)
    return () => onChanged(false)
  }, [changed, onChanged])
}
