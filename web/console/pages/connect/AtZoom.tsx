import type { SetupGuide } from '../../api.d.ts'
import { CopyLine } from '../../components/Copy.tsx'
import { Note } from '../../components/Notice.tsx'
import { Sentence } from '../../components/Sentence.tsx'
import { t } from '../../language.ts'
import classes from './Choices.module.css'
import { CopyList } from './CopyList.tsx'
import { kindGuide } from './words.ts'

/** What to click at Zoom's Marketplace, with what is pasted there. */
export function AtZoom({ guide }: { guide: SetupGuide }) {
  return (
    <>
      <ol className={classes['steps']}>
        {kindGuide[guide.kind].make.map((step) => (
          <li key={step}>
            <Sentence
              text={step}
              parts={{
                zoom: (words) => (
                  <a href="https://marketplace.zoom.us/develop/create" target="_blank" rel="noreferrer">
                    {words}
                  </a>
                ),
              }}
            />
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
