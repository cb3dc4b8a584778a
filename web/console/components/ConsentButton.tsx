import { Button, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Icon } from './Icon.tsx'
import { Trouble } from './Notice.tsx'

interface ConsentButtonProps {
  label: string
  /** For those who hear it among others of its kind. */
  says?: string
  begin: () => Promise<{ location: string }>
}

/** Goes to Zoom's consent page; Zoom sends the browser back to the hub, which says what came of it. */
export function ConsentButton({ label, says, begin }: ConsentButtonProps) {
  const consent = useMutation({
    mutationFn: begin,
    onSuccess: ({ location }) => window.location.assign(location),
  })
  return (
    <Stack gap="xs" align="flex-start">
      <Button
        size="xs"
        aria-label={says}
        rightSection={<Icon name="outside" size={13} />}
        // Until the browser has left, a second click would begin a second consent.
        loading={consent.isPending || consent.isSuccess}
        onClick={() => consent.mutate()}
      >
        {label}
      </Button>
      {consent.error && <Trouble error={consent.error} />}
    </Stack>
  )
}
