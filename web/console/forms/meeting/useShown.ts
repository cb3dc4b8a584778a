import { useEffect, useRef } from 'react'

/** A long form comes to what went wrong: the first field that was refused, or the notice. */
export function useShown(error: Error | null): React.RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (!error) return
    const refused = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')
    refused?.scrollIntoView({ block: 'center' })
    refused?.focus({ preventScroll: true })
  }, [error])
  return form
}
