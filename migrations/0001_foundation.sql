-- The ground every slice stands on: the restricted roles, the rule for area-owned tables, and the journal.

do $$
begin
  if not exists (select from pg_roles where rolname = 'workwell_app') then
    create role workwell_app nologin nosuperuser nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'workwell_worker') then
    create role workwell_worker nologin nosuperuser nobypassrls;
  end if;
end $$;

create schema platform;
comment on schema platform is 'Rules that hold for every area-owned table.';
grant usage on schema platform to workwell_app;

-- The area of the open transaction; no rows match when none is set. Not a function call in the policies
-- themselves, so that the planner sees a plain comparison with the first column of every key.
create procedure platform.area_owned(owned regclass, verbs text default 'select, insert, update')
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', owned);
  execute format('alter table %s force row level security', owned);
  execute format(
    'create policy own_area on %s using (area = nullif(current_setting(''app.area'', true), '''')) '
    'with check (area = nullif(current_setting(''app.area'', true), ''''))', owned);
  execute format('grant %s on %s to workwell_app', verbs, owned);
end $$;
comment on procedure platform.area_owned is
  'Makes a table area-owned: row-level security enabled and forced, only the open area''s rows seen or written, least rights.';

create schema journal;
comment on schema journal is 'What happened, who did it, on whose record: ids and codes only, never text about people.';
grant usage on schema journal to workwell_app;

create table journal.entry (
  area text not null,
  id uuid not null,
  at timestamptz not null,
  kind text not null check (kind in ('read', 'act')),
  what text not null check (what ~ '^[a-z0-9.-]{3,80}$'),
  account uuid,
  role text,
  organisation uuid,
  person uuid,
  subject uuid,
  codes jsonb not null default '{}',
  digest bytea,
  xact bigint not null default (pg_current_xact_id()::text::bigint),
  primary key (area, id)
);
comment on table journal.entry is
  'One act or one read. Never updated, never deleted. The digest is salted: forgetting the salt forgets the text it stands for.';
create index entry_of_person on journal.entry (area, person, id) where person is not null;
create index entry_in_commit_order on journal.entry (area, xact, id);
call platform.area_owned('journal.entry', 'select, insert');

create table journal.salt (
  area text not null,
  entry uuid not null,
  salt bytea not null,
  primary key (area, entry),
  foreign key (area, entry) references journal.entry (area, id)
);
comment on table journal.salt is 'The salt of an entry''s digest; deleted when the text it covers is erased, which leaves the chain whole.';
call platform.area_owned('journal.salt', 'select, insert, delete');

create schema jobs;
comment on schema jobs is 'The only ways in which the application reaches the queue.';
grant usage on schema jobs to workwell_app;
