import { Drawer } from '@mantine/core'
import { createContext, type ReactNode, use, useLayoutEffect, useState } from 'react'
import { t } from '../language.ts'

const Asking = createContext<(asks: boolean) => void>(() => {})

interface SideDrawerProps {
  opened: boolean
  onClose: () => void
  title: ReactNode
  /** For what is as long as a page. */
  wide?: boolean
  children: ReactNode
}

/** What opens at the side of a page. While a question stands over it, Escape answers the question alone. */
export function SideDrawer({ opened, onClose, title, wide = false, children }: SideDrawerProps) {
  const [asks, setAsks] = useState(false)
  return (
    <Asking value={setAsks}>
      <Drawer
        opened={opened}
        onClose={onClose}
        closeOnEscape={!asks}
        position="right"
        {...(wide ? { size: 'lg' } : {})}
        title={title}
        closeButtonProps={{ 'aria-label': t('Close') }}
      >
        {children}
      </Drawer>
    </Asking>
  )
}

/** In what stands over a drawer, while it does. */
export function useAsks(asks: boolean): void {
  const tell = use(Asking)
  // Before the next key, which may be Escape.
  useLayoutEffect(() => {
    tell(asks)
    return () => tell(false)
  }, [asks, tell])
}
