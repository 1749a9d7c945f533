-- A folder of files is kept line by line until it was dealt with: rows of one file build on those of another, and those
-- about one person are dealt with together, group by group. A dry run does the same and takes nothing.

alter table batch.batch
  add column trial boolean not null default false,
  add column lines integer,
  add column reached uuid,
  add column discarded_at timestamptz;
comment on column batch.batch.trial is 'Whether it was a dry run, which takes nothing.';
comment on column batch.batch.lines is 'How many lines its files have; empty until all of them were read.';
comment on column batch.batch.reached is 'The last group that was dealt with, in the order of their roots.';

drop index batch.batch_under_way;
create unique index batch_under_way on batch.batch (area, kind, source, digest)
  where finished_at is null and discarded_at is null;

create schema lines;
comment on schema lines is 'Files that are being brought in, line by line, until they were dealt with.';
grant usage on schema lines to workwell_app;

create table lines.sheet (
  area text not null,
  batch uuid not null,
  sheet text not null,
  name text not null,
  headings text[] not null,
  primary key (area, batch, sheet),
  foreign key (area, batch) references batch.batch (area, id)
);
comment on table lines.sheet is 'One of the files of a batch, with its headings as they came.';
call platform.area_owned('lines.sheet', 'select, insert, delete');

create table lines.line (
  area text not null,
  batch uuid not null,
  sheet text not null,
  number integer not null,
  cells text[] not null,
  key uuid,
  parent uuid,
  root uuid,
  outcome text check (outcome in ('taken', 'already', 'refused')),
  reasons text[] not null default '{}',
  primary key (area, batch, sheet, number),
  foreign key (area, batch, sheet) references lines.sheet (area, batch, sheet)
);
comment on table lines.line is
  'One line of a file, as it came, until the batch is finished. Key and parent tie it to the lines of other files, and lines with one root are dealt with together. Outcome is what came of it, or would.';
create index line_of_root on lines.line (area, batch, root);
create index line_of_key on lines.line (area, batch, sheet, key);
call platform.area_owned('lines.line', 'select, insert, update, delete');

-- A later batch may bring a spell for somebody who was here before: its referral goes with it, and the person stays.
drop function referral.take_back(text, uuid[]);
create function referral.take_back(of_area text, persons uuid[], episodes uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  with referrals as (
    delete from referral.referral r where r.area = of_area and (
      r.person = any(persons) and exists (select from people.person p
        where p.area = of_area and p.id = r.person and p.batch is not null)
      or r.episode = any(episodes) and exists (select from episode.episode e
        where e.area = of_area and e.id = r.episode and e.batch is not null))
    returning r.id
  )
  select coalesce(array_agg(id), '{}') into gone from referrals;
  delete from referral.reference where area = of_area and referral = any(gone);
  return gone;
end $$;
comment on function referral.take_back is
  'Takes back the referrals of people, or of episodes, that a batch brought, with their references.';
revoke all on function referral.take_back from public;
grant execute on function referral.take_back to workwell_app;
