import { AboutLms } from './lms/AboutLms.tsx'
import { AddLms } from './lms/AddLms.tsx'
import type { Kind } from './kind.ts'
import { t } from '../language.ts'

export const lms: Kind = {
  word: t('LMS'),
  icon: 'course',
  says: t('Meetings in the courses of Moodle, Canvas, Blackboard or Brightspace, with attendance as grades'),
  Add: AddLms,
  About: AboutLms,
  put: {
    elsewhere: t(
      'Courses take meetings on their own side: in the course add an activity “Greenroom” and choose the meeting there.',
    ),
  },
}
