import { z } from 'zod'
import { documents, Refusal, refusal, refusalSaying } from '#simulator/refusal.ts'
import type { Meeting } from '#simulator/state.ts'
import { settingsOf } from '#simulator/user-settings.ts'
import { noContent, ok, parseBody, type ApiCall, type ApiRoutes } from './call.ts'
import { holderOf, kinds } from './parts.ts'
import { hostOf } from './named-meeting.ts'

const surveying = z.object({
  custom_survey: z.record(z.string(), z.unknown()).optional(),
  show_in_the_browser: z.boolean().optional(),
  third_party_survey: z.string().max(64).optional(),
})

/** https://developers.zoom.us/docs/api/meetings/#tag/surveys */
export const surveyRoutes: ApiRoutes = Object.assign({}, ...kinds.map(routesOf))

function routesOf(kind: Meeting['kind']): ApiRoutes {
  const path = `/${kind}s/{${kind}Id}/survey`
  return {
    [`GET ${path}`]: (call) => ok(surveyHolder(call, kind).parts.survey),
    [`PATCH ${path}`]: (call) => {
      const { parts } = surveyHolder(call, kind)
      const { third_party_survey, ...rest } = parseBody(call, surveying)
      if (third_party_survey && !URL.canParse(third_party_survey)) {
        throw refusalSaying(call.endpoint, 300, 'Invalid third party survey', third_party_survey)
      }
      if (third_party_survey && !call.world.settings.third_party_survey) throw noForeignSurvey(call)
      const link = third_party_survey === undefined ? {} : { third_party_survey }
      parts.survey = { ...parts.survey, ...rest, ...link }
      return noContent
    },
    [`DELETE ${path}`]: (call) => {
      surveyHolder(call, kind).parts.survey = {}
      return noContent
    },
  }
}

function noForeignSurvey({ endpoint }: ApiCall): Refusal {
  const documented = endpoint.errors.find(({ code, message }) => code === 3000 && message.includes('survey link'))
  return documented ? new Refusal(documented) : refusal(endpoint, 3000)
}

const names = { meeting: 'Meeting', webinar: 'Webinar' } satisfies Record<Meeting['kind'], string>

/** Surveys are off until the host turns them on. */
function surveyHolder(call: ApiCall, kind: Meeting['kind']): Meeting {
  const meeting = holderOf(call, kind)
  const words = `${names[kind]} survey disabled`
  const isOn = settingsOf(hostOf(call, meeting))['in_meeting']?.[`${kind}_survey`] === true
  if (!isOn && documents(call.endpoint, 3000, words)) throw refusalSaying(call.endpoint, 3000, words)
  return meeting
}
