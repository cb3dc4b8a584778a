import { useQuery } from '@tanstack/react-query'
import { Navigate, Route, Routes, useMatch } from 'react-router'
import { Problem } from './client.ts'
import { Boundary } from './components/Boundary.tsx'
import { ForRole } from './components/ForRole.tsx'
import { Trouble } from './components/Notice.tsx'
import { ConnectionsPage } from './pages/ConnectionsPage.tsx'
import { AccountPage } from './pages/AccountPage.tsx'
import { ApiKeysPage } from './pages/ApiKeysPage.tsx'
import { AuditPage } from './pages/AuditPage.tsx'
import { ConnectZoomPage } from './pages/ConnectZoomPage.tsx'
import { EventsPage } from './pages/EventsPage.tsx'
import { HomePage } from './pages/HomePage.tsx'
import { JobsPage } from './pages/JobsPage.tsx'
import { LicencesPage } from './pages/LicencesPage.tsx'
import { ImportPage } from './pages/ImportPage.tsx'
import { MeetingDefaultsPage } from './pages/MeetingDefaultsPage.tsx'
import { MeetingPage } from './pages/MeetingPage.tsx'
import { InvitationPage } from './pages/InvitationPage.tsx'
import { MeetingsPage } from './pages/MeetingsPage.tsx'
import { MembersPage } from './pages/MembersPage.tsx'
import { NotFoundPage } from './pages/NotFoundPage.tsx'
import { PeoplePage } from './pages/PeoplePage.tsx'
import { PlacesPage } from './pages/PlacesPage.tsx'
import { ReportsPage } from './pages/ReportsPage.tsx'
import { SetupPage } from './pages/SetupPage.tsx'
import { SignInPage } from './pages/SignInPage.tsx'
import { WebhooksPage } from './pages/WebhooksPage.tsx'
import { WorkspacePage } from './pages/WorkspacePage.tsx'
import { ZoomAppsPage } from './pages/ZoomAppsPage.tsx'
import { t } from './language.ts'
import { paths } from './paths.ts'
import { queries } from './queries.ts'
import { Shell } from './Shell.tsx'

/** Signed in: the pages. Not signed in: the way in, whatever page was asked for. */
export function Console() {
  const me = useQuery(queries.me())
  const isInvitation = useMatch(paths.invitation()) !== null
  if (isInvitation) return <InvitationPage />
  if (me.error instanceof Problem && me.error.status === 401) return <SignInPage />
  if (me.data === undefined) {
    return me.error ? <Trouble error={me.error} onRetry={() => void me.refetch()} /> : null
  }
  return (
    <Shell me={me.data}>
      <Boundary>
        <Routes>
          <Route path={paths.home()} element={<HomePage />} />
          <Route path={paths.sign_in()} element={<Navigate to={paths.home()} replace />} />
          <Route path={paths.meetings()} element={<MeetingsPage />} />
          <Route path={paths.import_meetings()} element={<ImportPage />} />
          <Route path={paths.meeting(':id')} element={<MeetingPage />} />
          <Route path={paths.places()} element={<PlacesPage />} />
          <Route path={paths.events()} element={<EventsPage />} />
          <Route path="/settings" element={<Navigate to={paths.zoom_apps()} replace />} />
          <Route path={paths.zoom_apps()} element={<ZoomAppsPage />} />
          <Route path={paths.people()} element={<PeoplePage />} />
          <Route path={paths.licences()} element={<LicencesPage />} />
          <Route path={paths.webhooks()} element={<WebhooksPage />} />
          <Route path={paths.workspace()} element={<WorkspacePage />} />
          <Route path={paths.meeting_defaults()} element={<MeetingDefaultsPage />} />
          <Route path={paths.reports()} element={<ReportsPage />} />
          <Route
            path={paths.api_keys()}
            element={
              <ForRole role="admin" title={t('API keys')}>
                <ApiKeysPage />
              </ForRole>
            }
          />
          <Route
            path={paths.audit()}
            element={
              <ForRole role="admin" title={t('Audit log')}>
                <AuditPage />
              </ForRole>
            }
          />
          <Route path={paths.jobs()} element={<JobsPage />} />
          <Route path={paths.connect_zoom()} element={<ConnectZoomPage />} />
          <Route path={paths.setup(':id')} element={<SetupPage />} />
          <Route path={paths.connections()} element={<ConnectionsPage />} />
          <Route path={paths.account()} element={<AccountPage me={me.data} />} />
          <Route
            path={paths.members()}
            element={
              <ForRole role="admin" title={t('Members')}>
                <MembersPage me={me.data} />
              </ForRole>
            }
          />
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </Boundary>
    </Shell>
  )
}
