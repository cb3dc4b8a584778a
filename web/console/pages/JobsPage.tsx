import { Button } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useAddress, useSearchInAddress } from '../address.ts'
import type { DeadJob } from '../api.d.ts'
import { api } from '../client.ts'
import { DataTable } from '../components/DataTable.tsx'
import { HubWords } from '../components/HubWords.tsx'
import { Instant } from '../components/Instant.tsx'
import { Listing, More } from '../components/Listing.tsx'
import { Nothing, Trouble } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { CsvLink, Search } from '../components/Search.tsx'
import { Toolbar } from '../components/Toolbar.tsx'
import { t } from '../language.ts'
import { useMay } from '../may.ts'
import { outside, paths } from '../paths.ts'
import { queries } from '../queries.ts'
import { taskInWords } from '../words.ts'

/** What was to be done in the background and was given up after all its tries. */
export function JobsPage() {
  const search = useSearchInAddress(useAddress())
  const { q } = search
  const jobs = useInfiniteQuery(queries.deadJobs(q))
  const mayRetry = useMay('admin')
  return (
    <>
      <PageHeader title={t('Jobs')} actions={<CsvLink href={outside.list_csv('jobs/dead', q ? { q } : {})} />}>
        {t('What Greenroom had to do in the background, and gave up after all its tries.')}
      </PageHeader>
      <Toolbar>
        <Search label={t('Search jobs')} placeholder={t('Task, error or about what')} {...search.field} />
      </Toolbar>
      <Panel>
        <Listing
          answer={jobs}
          isEmpty={({ pages }) => pages[0]?.items.length === 0}
          empty={
            q ? (
              <Nothing icon="search" title={t('Nothing fits “{{q}}”', { q })} />
            ) : (
              <Nothing icon="done" title={t('No job was given up')} />
            )
          }
        >
          {({ pages }) => (
            <DataTable
              label={t('Jobs')}
              rows={pages.flatMap(({ items }) => items)}
              keyOf={({ id }) => id}
              columns={[
                { header: t('What'), cell: ({ task }) => taskInWords(task) },
                { header: t('About'), cell: ({ about }) => <About about={about} /> },
                { header: t('Tries'), cell: ({ tries }) => tries },
                { header: t('Error'), cell: ({ last_error }) => (last_error ? <HubWords of={last_error} /> : '–') },
                { header: t('When'), cell: ({ failed_at }) => <Instant at={failed_at} as="ago" /> },
                ...(mayRetry
                  ? [
                      {
                        header: t('Actions'),
                        quiet: true,
                        align: 'end' as const,
                        cell: (job: DeadJob) => <Retry job={job} />,
                      },
                    ]
                  : []),
              ]}
            />
          )}
        </Listing>
        <More answer={jobs} />
      </Panel>
    </>
  )
}

function About({ about }: Pick<DeadJob, 'about'>) {
  if (!about) return '–'
  if (about.kind === 'meeting') return <Link to={paths.meeting(about.id)}>{about.name}</Link>
  if (about.kind === 'zoom_app') return <Link to={paths.setup(about.id)}>{about.name}</Link>
  return about.name
}

function Retry({ job }: { job: DeadJob }) {
  const queryClient = useQueryClient()
  const retry = useMutation({
    mutationFn: () => api.retryJob(job.id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['jobs'] }),
  })
  return (
    <>
      <Button variant="default" size="compact-sm" loading={retry.isPending} onClick={() => retry.mutate()}>
        {t('Try again')}
      </Button>
      {retry.error && <Trouble error={retry.error} />}
    </>
  )
}
