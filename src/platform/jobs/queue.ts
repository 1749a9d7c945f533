import { runMigrations } from 'graphile-worker'

type Run = (statement: string) => Promise<unknown>

/**
 * Brings the queue's own tables to their version and opens them to us: everything to the worker's role, and to the
 * application only a few functions. The queue's tables come with row-level security and no policy, so that without
 * this the worker would silently see no job.
 */
export async function prepareQueue(ownerUrl: string, run: Run): Promise<void> {
  await runMigrations({ connectionString: ownerUrl })
  await run(grants)
}

const queueTables = ['_private_jobs', '_private_job_queues', '_private_tasks', '_private_known_crontabs']

const grants = `
  grant usage on schema graphile_worker to workwell_worker;
  grant all on all tables in schema graphile_worker to workwell_worker;
  grant usage, select on all sequences in schema graphile_worker to workwell_worker;
  grant execute on all functions in schema graphile_worker to workwell_worker;
  ${queueTables.map(policy).join('\n')}

  create or replace function jobs.enqueue(name text, payload json, run_at timestamptz, key text, attempts integer)
  returns void language plpgsql security definer set search_path = pg_catalog, graphile_worker as $$
  begin
    if payload ->> 'area' is distinct from nullif(current_setting('app.area', true), '') then
      raise exception 'A job belongs to the area of the transaction that adds it';
    end if;
    perform graphile_worker.add_job(name, payload, run_at := run_at, job_key := key, max_attempts := attempts);
  end $$;
  comment on function jobs.enqueue is 'Adds a job in the open transaction: the job exists if and only if the act did.';

  create or replace function jobs.call_off(key text)
  returns void language plpgsql security definer set search_path = pg_catalog, graphile_worker as $$
  begin
    if exists (select from graphile_worker._private_jobs j where j.key = call_off.key
        and j.payload ->> 'area' = nullif(current_setting('app.area', true), '')) then
      perform graphile_worker.remove_job(call_off.key);
    end if;
  end $$;
  comment on function jobs.call_off is 'Takes a job of the open area back in the open transaction: it is there as long as what it is for.';

  create or replace function jobs.failures(wanted text)
  returns table (id bigint, name text, attempts integer, most integer, reason text, run_at timestamptz, payload json)
  language sql security definer stable set search_path = pg_catalog, graphile_worker as $$
    select j.id, t.identifier, j.attempts::integer, j.max_attempts::integer, j.last_error, j.run_at, j.payload
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.last_error is not null and j.payload ->> 'area' = wanted
      and wanted = nullif(current_setting('app.area', true), '')
    order by j.id desc limit 200
  $$;
  comment on function jobs.failures is 'The jobs of the open area that failed at least once, with the reason.';

  create or replace function jobs.run_again(wanted bigint)
  returns boolean language plpgsql security definer set search_path = pg_catalog, graphile_worker as $$
  begin
    update graphile_worker._private_jobs
    set attempts = 0, run_at = now(), last_error = null
    where id = wanted and locked_at is null and payload ->> 'area' = nullif(current_setting('app.area', true), '');
    if found then notify "jobs:insert"; end if;
    return found;
  end $$;
  comment on function jobs.run_again is 'Puts a failed job of the open area back at the start of its attempts.';

  revoke all on all functions in schema jobs from public;
  grant execute on all functions in schema jobs to workwell_app;
`

function policy(table: string): string {
  return `do $$ begin
    if not exists (select from pg_policies where schemaname = 'graphile_worker' and tablename = '${table}' and policyname = 'worker') then
      create policy worker on graphile_worker.${table} to workwell_worker using (true) with check (true);
    end if;
  end $$;`
}
