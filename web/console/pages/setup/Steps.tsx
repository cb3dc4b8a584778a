import { Anchor, Button } from '@mantine/core'
import { Link } from 'react-router'
import type { Setup, SetupStep, ZoomApp } from '../../api.d.ts'
import { api } from '../../client.ts'
import { ConsentButton } from '../../components/ConsentButton.tsx'
import { CopyLine } from '../../components/Copy.tsx'
import { HubWords } from '../../components/HubWords.tsx'
import { State } from '../../components/State.tsx'
import { t } from '../../language.ts'
import { paths } from '../../paths.ts'
import { CopyList } from '../connect/CopyList.tsx'
import { ChangeField, CarriesSdk, ChangeScopeFamily } from './ChangeField.tsx'
import { TrySdk } from './TrySdk.tsx'
import classes from './Setup.module.css'
import { stateWords, stepWords } from './words.ts'

/** Each step with its state, why, the click that mends it, and what is copied or entered for it. */
export function Steps({ app, setup, mayChange }: { app: ZoomApp; setup: Setup; mayChange: boolean }) {
  return (
    <ol className={classes['steps']}>
      {setup.steps.map(({ step, state, message, fix }) => (
        <li key={step} aria-labelledby={`step-${step}`}>
          <State {...stateWords[state]} />
          <div>
            <h3 id={`step-${step}`} className={classes['name']}>
              {stepWords[step]}
            </h3>
            <p className={classes['message']}>
              <HubWords of={message} />
            </p>
            {fix && (
              <p className={classes['fix']}>
                <HubWords of={fix} />
              </p>
            )}
            {step === 'consent' && state === 'failed' && (
              <Anchor component={Link} to={paths.disconnected(app.name)} size="sm">
                {t('Those that work no more')}
              </Anchor>
            )}
            {state !== 'ok' && mayChange && <Act step={step} state={state} app={app} setup={setup} />}
          </div>
        </li>
      ))}
    </ol>
  )
}

interface ActProps extends Pick<SetupStep, 'step' | 'state'> {
  app: ZoomApp
  setup: Setup
}

function Act(props: ActProps) {
  const act = actOf(props)
  return act && <div className={classes['act']}>{act}</div>
}

function actOf({ step, state, app, setup }: ActProps) {
  switch (step) {
    case 'credentials':
      return <ChangeField app={app} field="client_secret" label={t('Client secret')} secret />
    case 'account':
      return <ChangeField app={app} field="account_id" label={t('Account ID')} />
    case 'secret_token':
      return <ChangeField app={app} field="secret_token" label={t('Secret token')} secret />
    case 'consent':
      return (
        <>
          {app.redirect_url && <CopyLine label={t('OAuth redirect URL')} value={app.redirect_url} />}
          <ConsentButton label={t('Connect')} begin={() => api.beginConsent(app.id)} />
        </>
      )
    case 'scopes':
      return (
        <>
          {/* Once somebody has consented, that shows it. */}
          {state === 'waiting' && <ChangeScopeFamily app={app} />}
          <CopyList label={t('All scopes that are needed')} names={setup.scopes} />
        </>
      )
    case 'meeting_sdk':
      if (app.kind === 'server_to_server') return <AddBeside app={app} />
      return app.meeting_sdk ? <TrySdk app={app} /> : <CarriesSdk app={app} />
    case 'url_validated':
      return <CopyLine label={t('Event notification endpoint URL')} value={app.webhook_url} />
    case 'events':
    case 'first_event':
      return step === 'events' ? <CopyList label={t('Events to subscribe to')} names={setup.events} /> : null
    case 'activated':
    case 'clock':
    case 'address':
    case 'plan':
      return null
  }
}

function AddBeside({ app }: { app: ZoomApp }) {
  return (
    <Button component={Link} to={paths.connect_beside(app.id)} variant="default" size="xs">
      {t('Add a General App')}
    </Button>
  )
}
