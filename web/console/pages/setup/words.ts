import type { SetupStep, Trial } from '../../api.d.ts'
import type { Tone } from '../../components/State.tsx'
import { t } from '../../language.ts'

export const stepWords: Record<SetupStep['step'], string> = {
  credentials: t('Client ID and Client secret'),
  account: t('Account ID'),
  activated: t('The app is activated'),
  clock: t('The clock'),
  consent: t('Consent'),
  scopes: t('Scopes'),
  meeting_sdk: t('Meeting SDK'),
  secret_token: t('Secret token'),
  address: t('This address, from outside'),
  url_validated: t('Zoom has validated the address'),
  first_event: t('The first event'),
  events: t('All events that are needed'),
  plan: t('The plan of the Zoom account'),
}

export const stateWords: Record<SetupStep['state'], { word: string; tone: Tone }> = {
  ok: { word: t('Done'), tone: 'good' },
  failed: { word: t('To be mended'), tone: 'bad' },
  waiting: { word: t('Still to do'), tone: 'warn' },
  unknown: { word: t('Not looked at'), tone: 'quiet' },
}

export const trialWords: Record<Trial['steps'][number]['step'], string> = {
  make: t('Make a meeting'),
  change: t('Change it'),
  join_page: t('Open the page to join by'),
  remove: t('Remove it'),
  hear_made: t('Hear that it was made'),
  hear_changed: t('Hear that it was changed'),
  hear_removed: t('Hear that it was removed'),
}
