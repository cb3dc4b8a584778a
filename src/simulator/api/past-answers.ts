import type { Answer } from '#simulator/meeting-parts.ts'
import type { Meeting, Session } from '#simulator/state.ts'
import { utc } from '#simulator/time.ts'

/** What each person answered or asked, in order. */
export function byPerson({ answers }: Session, kind: Answer['kind']) {
  const people = Map.groupBy(
    answers.filter((one) => one.kind === kind),
    ({ email, name }) => `${email} ${name}`,
  )
  return [...people.values()].map((all) => ({ email: all[0]?.email ?? '', name: all[0]?.name ?? '', all }))
}

/** By person, as Zoom groups them; of questions and answers neither time nor poll is told. */
export function answersOf(session: Session, kind: 'poll' | 'qa') {
  const { meeting, uuid, start } = session
  const questions = byPerson(session, kind).map(({ email, name, all }) => ({
    email,
    name,
    question_details: all.map(({ question, answer, at }) => ({
      answer,
      question,
      ...(kind === 'poll' && { date_time: utc(at), polling_id: pollingId(meeting, question) }),
    })),
  }))
  return { id: meeting.id, uuid, start_time: utc(start), questions }
}

/** The poll that asks this question. */
const pollingId = ({ parts }: Meeting, question: string): string =>
  parts.polls.find(({ questions }) => questions.some(({ name }) => name === question))?.id ?? ''
