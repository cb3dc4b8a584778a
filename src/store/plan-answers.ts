import type { Insertable, Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'

export type PlanAnswerRow = Selectable<Tables['plan_answer']>

/** Those that are not older than `since`. */
export const planAnswers = (db: Db, connection_id: string, since: Date): Promise<PlanAnswerRow[]> =>
  db
    .selectFrom('plan_answer')
    .selectAll()
    .where('connection_id', '=', connection_id)
    .where('asked_at', '>', since)
    .execute()

export async function keepPlanAnswer(db: Db, row: Insertable<Tables['plan_answer']>): Promise<void> {
  await db
    .insertInto('plan_answer')
    .values(row)
    .onConflict((conflict) => conflict.columns(['connection_id', 'about', 'host_id']).doUpdateSet(row))
    .execute()
}
