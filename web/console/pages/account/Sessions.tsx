import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SignInSession } from '../../api.d.ts'
import { api } from '../../client.ts'
import { DataTable } from '../../components/DataTable.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing, More } from '../../components/Listing.tsx'
import { Panel } from '../../components/Panel.tsx'
import { usePart } from '../../components/part.ts'
import { t } from '../../language.ts'
import { queries } from '../../queries.ts'

/** Where one is signed in: whatever is not one's own is ended. */
export function Sessions() {
  const sessions = useQuery(queries.ownSessions())
  const { shown, more } = usePart(sessions.data?.items ?? [])
  return (
    <Panel title={t('Where you are signed in')}>
      <Listing answer={sessions} lines={2}>
        {() => (
          <DataTable
            label={t('Where you are signed in')}
            rows={shown}
            keyOf={({ id }) => id}
            columns={[
              {
                header: t('Browser'),
                cell: ({ user_agent, current }) => (current ? t('This browser') : browserOf(user_agent ?? '')),
              },
              { header: t('Address'), cell: ({ ip_address }) => ip_address || '–' },
              { header: t('Since'), cell: ({ created_at }) => <Instant at={created_at} /> },
              { header: t('Last seen'), cell: ({ seen_at }) => <Instant at={seen_at} as="ago" /> },
              { header: t('Actions'), quiet: true, align: 'end', cell: (session) => <End session={session} /> },
            ]}
          />
        )}
      </Listing>
      <More answer={more} />
    </Panel>
  )
}

function End({ session }: { session: SignInSession }) {
  const queryClient = useQueryClient()
  const end = useMutation({
    mutationFn: () => api.endSession(session.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['own_sessions'] }),
  })
  if (session.current) return null
  return (
    <Button variant="default" size="compact-sm" loading={end.isPending} onClick={() => end.mutate()}>
      {t('End')}
    </Button>
  )
}

/** "Firefox, Linux": enough to know one's own again. */
function browserOf(agent: string): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)/.exec(agent)?.[1]
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1]
  return [browser, system].filter(Boolean).join(', ') || agent.slice(0, 40) || t('Unknown')
}
