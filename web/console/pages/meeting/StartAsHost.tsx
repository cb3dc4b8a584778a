import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Meeting } from '../../api.d.ts'
import { links } from '../../client.ts'
import { Icon } from '../../components/Icon.tsx'
import { t } from '../../language.ts'
import { queries } from '../../queries.ts'

/** Only the host has this button: whoever uses it is the host at Zoom. */
export function StartAsHost({ meeting }: { meeting: Meeting }) {
  const email = useQuery(queries.me()).data?.user?.email.toLowerCase()
  const isOver = meeting.state === 'cancelled' || meeting.state === 'gone'
  if (isOver || !email || meeting.host_email?.toLowerCase() !== email) return null
  return (
    <Button
      component="a"
      href={links.startAsHost(meeting.id)}
      target="_blank"
      rel="noreferrer"
      leftSection={<Icon name="play" />}
    >
      {t('Start as host')}
    </Button>
  )
}
