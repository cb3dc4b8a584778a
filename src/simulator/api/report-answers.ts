import { createHash } from 'node:crypto'
import type { Answer } from '#simulator/meeting-parts.ts'
import type { Session, World } from '#simulator/state.ts'
import { utc } from '#simulator/time.ts'
import { answersOf, byPerson } from './past-answers.ts'

/** The polls of a run as the report tells them: as the past meeting does. */
export const pollReport = (session: Session): object => answersOf(session, 'poll')

/** The questions of a run with their answers: the host gives those that there are. */
export function qaReport(world: World, session: Session): object {
  const { meeting, uuid, start, presences } = session
  const host = world.people.get(meeting.host_id)
  const questions = byPerson(session, 'qa').map(({ name, email, all }) => ({
    user_id: presences.findLast((one) => one.name === name)?.person_id ?? '',
    email,
    name,
    question_details: all.map(({ id, question, answer, at }) => ({
      answer,
      question,
      question_id: id,
      create_time: utc(at),
      question_status: answer ? 'answered' : 'open',
      answer_details: answer
        ? [
            {
              user_id: meeting.host_id,
              name: host?.display_name ?? '',
              email: host?.email ?? '',
              content: answer,
              create_time: utc(at),
              type: 'default',
            },
          ]
        : [],
    })),
  }))
  return { id: meeting.id, uuid, start_time: utc(start), questions }
}

/** What was answered to the survey; without a survey its id and its name are empty. */
export function surveyReport(session: Session): object {
  const { meeting, uuid, start } = session
  const { custom_survey } = meeting.parts.survey
  return {
    [`${meeting.kind}_id`]: meeting.id,
    [`${meeting.kind}_uuid`]: uuid,
    start_time: utc(start),
    survey_id: custom_survey ? idOf(`survey ${meeting.id}`) : '',
    survey_name: String(Object(custom_survey)['title'] ?? ''),
    survey_answers: byPerson(session, 'survey').map(({ name, email, all }) => ({
      email,
      name,
      ...namesOf(name),
      answer_details: all.map(answerDetail),
    })),
  }
}

const answerDetail = ({ question, answer, at }: Answer) => ({
  question,
  question_id: idOf(question),
  answer,
  date_time: utc(at),
})

/** The same text has the same id, as the same question has at Zoom. */
const idOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)

function namesOf(name: string): { first_name: string; last_name: string } {
  const [first_name = '', ...rest] = name.split(' ')
  return { first_name, last_name: rest.join(' ') }
}
