import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from 'react-router'
import { useAddress, useSearchInAddress } from '../address.ts'
import type { Meeting } from '../api.d.ts'
import { files, type MeetingQuery } from '../client.ts'
import { DataTable, rowLink } from '../components/DataTable.tsx'
import { ForRole } from '../components/ForRole.tsx'
import { FormDrawer } from '../components/FormDrawer.tsx'
import { Icon } from '../components/Icon.tsx'
import { Instant } from '../components/Instant.tsx'
import { Listing, More } from '../components/Listing.tsx'
import { Nothing } from '../components/Notice.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Panel } from '../components/Panel.tsx'
import { Search } from '../components/Search.tsx'
import { State } from '../components/State.tsx'
import { Toolbar } from '../components/Toolbar.tsx'
import { NewMeetingForm } from '../forms/NewMeetingForm.tsx'
import { useMay } from '../may.ts'
import { paths } from '../paths.ts'
import { queries } from '../queries.ts'
import { span } from '../times.ts'
import { meetingNumber, meetingWords } from '../words.ts'
import { chosenIn, MeetingFilters } from './meetings/MeetingFilters.tsx'
import { Views } from './meetings/Views.tsx'
import { t } from '../language.ts'

const tabs = [
  { value: 'upcoming', label: t('Upcoming') },
  { value: 'past', label: t('Past') },
  { value: 'all', label: t('All') },
] as const
type When = (typeof tabs)[number]['value']

const emptyTitles = {
  upcoming: t('Nothing is planned'),
  past: t('No meeting has been held yet'),
  all: t('No meeting yet'),
} satisfies Record<When, string>

export function MeetingsPage() {
  const address = useAddress()
  const { query, change } = address
  const when = tabs.find(({ value }) => value === query.get('when'))?.value ?? 'upcoming'
  const search = useSearchInAddress(address)
  const { q } = search
  const chosen = chosenIn(query)
  const filter: MeetingQuery = { when, ...(q && { q }), ...chosen }
  const filtered = q !== '' || Object.keys(chosen).length > 0
  const mayChange = useMay('operator')
  const create = mayChange && (
    <Button leftSection={<Icon name="plus" />} component={Link} to={address.having('new', '')}>
      {t('New meeting')}
    </Button>
  )

  return (
    <>
      <PageHeader
        title={t('Meetings')}
        actions={
          <>
            <Views query={query.toString()} />
            <Button
              component="a"
              href={files.meetingsCsv(filter)}
              download
              variant="default"
              leftSection={<Icon name="download" />}
            >
              {t('CSV')}
            </Button>
            {mayChange && (
              <Button variant="default" component={Link} to={paths.import_meetings()}>
                {t('Import')}
              </Button>
            )}
            {create}
          </>
        }
      />
      <Toolbar>
        <SegmentedControl
          aria-label={t('Which meetings')}
          data={[...tabs]}
          value={when}
          onChange={(value) => change('when', value)}
        />
        <Search label={t('Search meetings')} placeholder={t('Topic, host or meeting ID')} {...search.field} />
        <MeetingFilters query={query} onChange={change} />
      </Toolbar>
      <Panel>
        <MeetingList
          filter={filter}
          empty={
            filtered ? (
              <Nothing icon="search" title={q ? t('Nothing fits “{{q}}”', { q }) : t('Nothing fits')}>
                {t('Look under “All”, or for another word.')}
              </Nothing>
            ) : (
              <Nothing icon="meetings" title={emptyTitles[when]} action={create}>
                {t('Meetings scheduled here or in Zoom appear by themselves.')}
              </Nothing>
            )
          }
        />
      </Panel>
      <NewMeetingDrawer />
    </>
  )
}

function MeetingList({ filter, empty }: { filter: MeetingQuery; empty: React.ReactNode }) {
  const answer = useInfiniteQuery(queries.meetings(filter))
  return (
    <Listing answer={answer} lines={6} isEmpty={({ pages }) => pages[0]?.items.length === 0} empty={empty}>
      {({ pages }) => (
        <>
          <DataTable
            label={t('Meetings')}
            rows={pages.flatMap((page) => page.items)}
            keyOf={(meeting) => meeting.id}
            dim={(meeting) => meeting.state === 'cancelled' || meeting.state === 'gone'}
            columns={[
              {
                header: t('Topic'),
                cell: (meeting) => (
                  <Link className={rowLink} to={paths.meeting(meeting.id)}>
                    {meeting.topic}
                  </Link>
                ),
              },
              { header: t('When'), cell: (meeting) => <When meeting={meeting} next={filter.when !== 'past'} /> },
              { header: t('Lasts'), cell: (meeting) => (meeting.duration ? span(meeting.duration * 60) : '–') },
              { header: t('Host'), cell: (meeting) => meeting.host_email ?? meeting.host_id },
              { header: t('Meeting ID'), cell: (meeting) => meetingNumber(meeting.zoom_meeting_id) },
              { header: t('State'), cell: (meeting) => <State {...meetingWords[meeting.state]} /> },
            ]}
          />
          <More answer={answer} />
        </>
      )}
    </Listing>
  )
}

function When({ meeting, next }: { meeting: Meeting; next: boolean }) {
  const at = (next ? meeting.next_start_time : null) ?? meeting.start_time
  return (
    <span style={{ display: 'inline-flex', gap: 6, alignItems: 'center', whiteSpace: 'nowrap' }}>
      <Instant at={at} zone={meeting.timezone} none={t('No fixed time')} />
      {meeting.recurrence && (
        <span role="img" aria-label={t('repeats')} title={t('Repeats')}>
          <Icon name="repeat" size={13} />
        </span>
      )}
    </span>
  )
}

function NewMeetingDrawer() {
  const { query, change } = useAddress()
  const navigate = useNavigate()
  return (
    <FormDrawer opened={query.has('new')} onClose={() => change('new', '')} title={t('New meeting')}>
      {(onChanged) => (
        <ForRole role="operator">
          <NewMeetingForm
            onCreated={(meeting) => void navigate(paths.meeting(meeting.id), { replace: true })}
            onChanged={onChanged}
          />
        </ForRole>
      )}
    </FormDrawer>
  )
}
