import type { SetupGuide } from '../../api.d.ts'
import { CopyLine } from '../../components/Copy.tsx'
import { Note } from '../../components/Notice.tsx'
import { Sentence } from '../../components/Sentence.tsx'
import { MarketplaceLink } from '../../forms/WhichZoom.tsx'
import { t } from '../../language.ts'
import classes from './Choices.module.css'
import { CopyList } from './CopyList.tsx'
import { kindGuide, makeBeside } from './words.ts'

/** What to click at Zoom's Marketplace, with what is pasted there. */
export function AtZoom({ guide, oauth_base }: { guide: SetupGuide; oauth_base: string }) {
  return (
    <>
      <ol className={classes['steps']}>
        {kindGuide[guide.kind].make.map((step) => (
          <li key={step}>
            <Sentence text={step} parts={{ zoom: () => <MarketplaceLink oauth_base={oauth_base} /> }} />
          </li>
        ))}
        <li>
          {t(
            'Page “Scopes”, “Add Scopes”: search each name of the list below and tick it. Fewer do as well, and then do less.',
          )}
        </li>
        {guide.meeting_sdk && <li>{t('Page “Embed”: switch on “Meeting SDK”.')}</li>}
        <li>{t('Page “Feature”: copy the Secret Token into the form below. The events come after that.')}</li>
        {guide.kind === 'server_to_server' && <li>{t('Page “Activation”: press “Activate your app”.')}</li>}
      </ol>
      <div className={classes['copies']}>
        {guide.meeting_sdk_beside && (
          <Note tone="hint" title={t('Joining in the browser takes a second app')}>
            {t(
              'This app has no page “Embed”, where the Meeting SDK is switched on: a General App beside it signs the joins. Add this app first; the step “Meeting SDK” of its set-up then leads to the second one.',
            )}
          </Note>
        )}
        {guide.redirect_url && <CopyLine label={t('OAuth redirect URL')} value={guide.redirect_url} />}
        <CopyList label={t('Scopes')} names={guide.scopes} />
        {guide.kind !== 'server_to_server' && (
          <Note tone="hint" title={t('Do not press “Install” or “Add” at Zoom')}>
            {t(
              'Consent begins here, with “Connect”. Whoever pressed it at Zoom has not broken anything: Zoom brings the browser to a page of Greenroom that says how to go on.',
            )}
          </Note>
        )}
      </div>
    </>
  )
}

/** The same for an app that carries the Meeting SDK and does nothing else. */
export function BesideAtZoom({ guide, oauth_base }: { guide: SetupGuide; oauth_base: string }) {
  return (
    <>
      <ol className={classes['steps']}>
        {makeBeside.map((step) => (
          <li key={step}>
            <Sentence text={step} parts={{ zoom: () => <MarketplaceLink oauth_base={oauth_base} /> }} />
          </li>
        ))}
      </ol>
      {guide.redirect_url && <CopyLine label={t('OAuth redirect URL')} value={guide.redirect_url} />}
    </>
  )
}
