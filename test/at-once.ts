import type { TestApp } from './app.ts'

/** Waits until this many of those who are served at this moment wait for somebody else to finish. */
export async function untilWaiting({ owner }: Pick<TestApp, 'owner'>, many: number): Promise<void> {
  for (;;) {
    const { rows } = await owner.query<{ waiting: number }>(`select count(distinct pid)::int as waiting from pg_locks
      where not granted and pid in (select pid from pg_stat_activity where datname = current_database())`)
    if ((rows[0]?.waiting ?? 0) >= many) return
  }
}
