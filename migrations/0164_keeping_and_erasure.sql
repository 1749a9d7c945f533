-- How long records are kept, what holds one back, and how one is erased with everything that was made of it.

create schema keeping;
comment on schema keeping is 'How long records are kept.';
grant usage on schema keeping to workwell_app;

create table keeping.rule (
  area text not null,
  id uuid not null,
  kind text not null,
  years integer not null check (years between 1 and 100),
  from_on date not null,
  source text,
  reason text not null,
  set_by uuid not null,
  set_at timestamptz not null,
  primary key (area, id),
  foreign key (area) references areas.area (area),
  foreign key (area, set_by) references organisations.member (area, id)
);
comment on table keeping.rule is
  'How many years one kind of record is kept in an area, from a day on. Of two for one day the later set holds; those before stay as history. Without a source the area has decided it alone.';
create index rule_of_kind on keeping.rule (area, kind, from_on, set_at);
call platform.area_owned('keeping.rule', 'select, insert');

create schema hold;
comment on schema hold is 'Records that are not erased until somebody lifts it.';
grant usage on schema hold to workwell_app;

create table hold.hold (
  area text not null,
  id uuid not null,
  person uuid not null,
  reason text not null,
  by uuid not null,
  at timestamptz not null,
  lifted_at timestamptz,
  lifted_by uuid,
  lifted_because text,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, by) references organisations.member (area, id),
  foreign key (area, lifted_by) references organisations.member (area, id),
  check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lifted_because is null))
);
comment on table hold.hold is
  'A record that is not erased, however old it is, and why: a claim, an inquiry, a court. It holds until it is lifted.';
create index hold_on_person on hold.hold (area, person);
call platform.area_owned('hold.hold', 'select, insert, update');

create schema erasure;
comment on schema erasure is 'Asking for erasure, what was decided, and the erasing.';
grant usage on schema erasure to workwell_app;

create table erasure.request (
  area text not null,
  id uuid not null,
  person uuid not null,
  asked_on date not null,
  how text not null,
  said text,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, recorded_by) references organisations.member (area, id)
);
comment on table erasure.request is 'Somebody asked that what is known about them is erased: on which day, how, and in which words.';
create index request_of_person on erasure.request (area, person);
call platform.area_owned('erasure.request', 'select, insert');

create table erasure.decision (
  area text not null,
  request uuid not null,
  erases boolean not null,
  ground text not null,
  why text not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, request),
  foreign key (area, request) references erasure.request (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table erasure.decision is
  'What a named person decided about a request for erasure, on which ground of UK GDPR article 17, and why, in the words of the answer.';
call platform.area_owned('erasure.decision', 'select, insert');

create table erasure.run (
  area text not null,
  id uuid not null,
  because text not null check (because in ('age', 'asked')),
  by uuid not null,
  at timestamptz not null,
  chosen integer not null,
  erased integer not null default 0,
  left_alone integer not null default 0,
  finished_at timestamptz,
  primary key (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table erasure.run is
  'An erasure that somebody confirmed: how many people were chosen, erased and left alone. Whom it erased is known nowhere any more.';
call platform.area_owned('erasure.run', 'select, insert, update');

create table erasure.chosen (
  area text not null,
  run uuid not null,
  person uuid not null,
  primary key (area, run, person),
  foreign key (area, run) references erasure.run (area, id),
  foreign key (area, person) references people.person (area, id)
);
comment on table erasure.chosen is 'Whom an erasure is still to erase. Gone with the person, and when they are left alone.';
create index chosen_person on erasure.chosen (area, person);
call platform.area_owned('erasure.chosen', 'select, insert, delete');

create table erasure.mention (
  tbl text not null,
  col text not null,
  why text not null,
  primary key (tbl, col)
);
comment on table erasure.mention is
  'A column that names a person, or something of theirs, without a foreign key. Its rows are erased with what they name.';
grant select on erasure.mention to workwell_app;
insert into erasure.mention (tbl, col, why) values
  ('appointment.slot', 'appointment', 'the time that an appointment holds'),
  ('link.link', 'person', 'whose link it is'),
  ('link.link', 'subject', 'the referral or appointment it opens'),
  ('notify.message', 'person', 'to whom it went'),
  ('notify.message', 'about', 'the referral or appointment it tells of'),
  ('notify.message', 'link_subject', 'what the link in it opens'),
  ('notify.reply', 'person', 'who answered'),
  ('referral.reference', 'referral', 'the reference a referral was known by');

create function erasure.ways() returns table (tbl text, col text, depth integer, has_id boolean)
language sql stable set search_path = pg_catalog as $$
  with recursive edge as (
    select own.conrelid as child, own.confrelid as parent, att.attname as col
    from pg_constraint own
    cross join lateral unnest(own.conkey) as key(place)
    join pg_attribute att on att.attrelid = own.conrelid and att.attnum = key.place
    where own.contype = 'f' and own.conrelid <> own.confrelid and att.atttypid = 'uuid'::regtype
  ), tree as (
    select 'people.person'::regclass::oid as at, null::name as col, 0 as depth, array['people.person'::regclass::oid] as path
    union
    select m.tbl::regclass::oid, m.col, 1, array[m.tbl::regclass::oid] from erasure.mention m
    union all
    select edge.child, edge.col, tree.depth + 1, tree.path || edge.child
    from tree join edge on edge.parent = tree.at where edge.child <> all(tree.path)
  ), deepest as (select at, max(depth) as depth from tree group by at)
  select distinct n.nspname || '.' || c.relname, tree.col::text, deepest.depth,
    exists (select from pg_attribute i where i.attrelid = c.oid and i.attname = 'id' and i.atttypid = 'uuid'::regtype)
  from tree join deepest using (at) join pg_class c on c.oid = tree.at join pg_namespace n on n.oid = c.relnamespace
  where tree.col is not null
$$;
comment on function erasure.ways is
  'By which columns rows belong to a person: everything that refers to a person, or to what does, and what mentions them without a key.';

create function erasure.erase(of_area text, wanted uuid[]) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
  people uuid[];
  gone uuid[];
  more uuid[];
  grew boolean := true;
  way record;
begin
  if of_area is distinct from nullif(current_setting('app.area', true), '') then
    raise exception 'People are erased in the area that is open';
  end if;
  select array_agg(p.id) into people from people.person p
    where p.area = of_area and (p.id = any(wanted) or p.merged_into = any(wanted));
  if people is null then return 0; end if;
  if exists (select from hold.hold h where h.area = of_area and h.person = any(people) and h.lifted_at is null) then
    raise exception 'A record that is held back is not erased';
  end if;
  -- What belongs to them, row by row, until nothing more is found.
  gone := people;
  while grew loop
    grew := false;
    for way in select w.tbl, w.col from erasure.ways() w where w.has_id order by w.depth loop
      execute format('select array_agg(id) from %s where area = $1 and %I = any($2) and id <> all($2)', way.tbl, way.col)
        into more using of_area, gone;
      if more is not null then
        gone := gone || more;
        grew := true;
      end if;
    end loop;
  end loop;
  perform erasure.forget_copies(of_area, people, gone);
  for way in select w.tbl, w.col from erasure.ways() w order by w.depth desc loop
    execute format('delete from %s where area = $1 and %I = any($2)', way.tbl, way.col) using of_area, gone;
  end loop;
  delete from people.person p where p.area = of_area and p.id = any(people);
  return cardinality(people);
end $$;

create function erasure.forget_copies(of_area text, people uuid[], gone uuid[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  names text[] := gone::text[];
begin
  -- The entries stay, so that the chain does; what they vouched for can be proved no more.
  delete from journal.salt s using journal.entry e
    where s.area = of_area and e.area = of_area and e.id = s.entry and e.person = any(people);
  delete from form.draft d where d.area = of_area and exists (
    select from unnest(names) as name where position(name in d.record) > 0 or position(name in d.typed::text) > 0);
  -- Rows of files, by what was made of them and by whose they were.
  create temporary table file_row on commit drop as
    select r.batch, r.sheet, r.number from batch.row r where r.area = of_area and (r.made = any(gone) or r.who in (
      select same.who from batch.row same where same.area = of_area and same.made = any(gone) and same.who is not null));
  delete from lines.line l using file_row r
    where l.area = of_area and l.batch = r.batch and l.sheet = r.sheet and l.number = r.number;
  update parcel.part p set lines = coalesce((
      select json_agg(line) from json_array_elements(p.lines) line where (line ->> 'number')::integer not in (
        select r.number from file_row r join intake.intake i on i.area = of_area and i.batch = r.batch
        where i.parcel = p.parcel and r.sheet = p.sheet)), '[]')
    where p.area = of_area and (p.parcel, p.sheet) in (
      select i.parcel, r.sheet from file_row r join intake.intake i on i.area = of_area and i.batch = r.batch);
  delete from batch.row b using file_row r
    where b.area = of_area and b.batch = r.batch and b.sheet = r.sheet and b.number = r.number;
  drop table file_row;
end $$;
comment on function erasure.forget_copies is
  'Forgets what was copied from people who are erased: the salts of their journal, drafts, and the rows of files they came in.';
comment on function erasure.erase is
  'Erases people with everything that refers to them, in the area that is open. The journal keeps ids and codes, and stays unbroken.';
revoke all on function erasure.ways from public;
revoke all on function erasure.forget_copies from public;
revoke all on function erasure.erase from public;
grant execute on function erasure.ways to workwell_app;
grant execute on function erasure.erase to workwell_app;

create schema rectification;
comment on schema rectification is 'What somebody says is wrong in their record, and what came of it.';
grant usage on schema rectification to workwell_app;

create table rectification.request (
  area text not null,
  id uuid not null,
  person uuid not null,
  about text not null,
  says text not null,
  asked_on date not null,
  how text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, recorded_by) references organisations.member (area, id)
);
comment on table rectification.request is 'Somebody says that something in their record is wrong: about what, and what is right, in their words.';
create index request_of_person on rectification.request (area, person);
call platform.area_owned('rectification.request', 'select, insert');

create table rectification.answer (
  area text not null,
  request uuid not null,
  result text not null check (result in ('corrected', 'noted')),
  words text not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, request),
  foreign key (area, request) references rectification.request (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table rectification.answer is
  'What came of it: it was corrected, which its own history shows, or it stays and the words of the person stand on the record as a note of disagreement.';
call platform.area_owned('rectification.answer', 'select, insert');
