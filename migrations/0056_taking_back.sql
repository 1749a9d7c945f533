-- What a batch brought can be taken back while nobody has worked on it. The application still deletes nothing that
-- happened: it can only ask each schema to take back what a batch brought, in the area that is open.

create function people.take_back(of_area text, persons uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  brought uuid[];
begin
  select coalesce(array_agg(p.id), '{}') into brought from people.person p
  where p.area = of_area and p.id = any(persons) and p.batch is not null;
  delete from people.name_word where area = of_area and person = any(brought);
  delete from people.means where area = of_area and person = any(brought);
  delete from people.holder where area = of_area and person = any(brought);
  delete from people.equality where area = of_area and person = any(brought);
  delete from people.person where area = of_area and id = any(brought);
  return brought;
end $$;
comment on function people.take_back is
  'Takes back people that a batch brought, with how they are reached and who holds them.';
revoke all on function people.take_back from public;
grant execute on function people.take_back to workwell_app;

create function likeness.take_back(of_area text, persons uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  with pairs as (
    delete from likeness.pair where area = of_area and decided_at is null and (person = any(persons) or other = any(persons))
    returning id
  )
  select coalesce(array_agg(id), '{}') into gone from pairs;
  return gone;
end $$;
comment on function likeness.take_back is
  'Takes back what nobody has decided yet about the likeness of people whom a batch brought.';
revoke all on function likeness.take_back from public;
grant execute on function likeness.take_back to workwell_app;

create function permissions.take_back(of_area text, persons uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  with answers as (
    delete from permissions.permission a using people.person p
    where a.area = of_area and p.area = of_area and p.id = a.person and p.batch is not null and a.person = any(persons)
    returning a.id
  )
  select coalesce(array_agg(id), '{}') into gone from answers;
  return gone;
end $$;
comment on function permissions.take_back is
  'Takes back what people agreed to whom a batch brought.';
revoke all on function permissions.take_back from public;
grant execute on function permissions.take_back to workwell_app;

create function referral.take_back(of_area text, persons uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  with referrals as (
    delete from referral.referral r using people.person p
    where r.area = of_area and p.area = of_area and p.id = r.person and p.batch is not null and r.person = any(persons)
    returning r.id
  )
  select coalesce(array_agg(id), '{}') into gone from referrals;
  delete from referral.reference where area = of_area and referral = any(gone);
  return gone;
end $$;
comment on function referral.take_back is
  'Takes back the referrals of people whom a batch brought, with their references.';
revoke all on function referral.take_back from public;
grant execute on function referral.take_back to workwell_app;

create function episode.take_back(of_area text, episodes uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  brought uuid[];
begin
  select coalesce(array_agg(e.id), '{}') into brought from episode.episode e
  where e.area = of_area and e.id = any(episodes) and e.batch is not null;
  delete from episode.standing where area = of_area and episode = any(brought);
  delete from episode.step where area = of_area and episode = any(brought);
  delete from episode.episode where area = of_area and id = any(brought);
  return brought;
end $$;
comment on function episode.take_back is
  'Takes back episodes that a batch brought, with their steps and where they stand.';
revoke all on function episode.take_back from public;
grant execute on function episode.take_back to workwell_app;

create function plan.take_back(of_area text, episodes uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  with plans as (
    delete from plan.plan p using episode.episode e
    where p.area = of_area and e.area = of_area and e.id = p.episode and e.batch is not null and p.episode = any(episodes)
    returning p.episode
  )
  select coalesce(array_agg(episode), '{}') into gone from plans;
  return gone;
end $$;
comment on function plan.take_back is
  'Takes back the plans of episodes that a batch brought.';
revoke all on function plan.take_back from public;
grant execute on function plan.take_back to workwell_app;

create function agreement.take_back(of_area text, episodes uuid[], facts uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  select coalesce(array_agg(f.id), '{}') into gone
  from agreement.agreement f join episode.episode e on e.area = f.area and e.id = f.episode
  where f.area = of_area and e.batch is not null and (f.episode = any(episodes) or f.id = any(facts));
  delete from agreement.agreement where area = of_area and id = any(gone);
  return gone;
end $$;
comment on function agreement.take_back is
  'Takes back versions of plans of episodes that a batch brought.';
revoke all on function agreement.take_back from public;
grant execute on function agreement.take_back to workwell_app;

create function assessment.take_back(of_area text, episodes uuid[], facts uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  select coalesce(array_agg(f.id), '{}') into gone
  from assessment.assessment f join episode.episode e on e.area = f.area and e.id = f.episode
  where f.area = of_area and e.batch is not null and (f.episode = any(episodes) or f.id = any(facts));
  delete from assessment.barrier where area = of_area and assessment = any(gone);
  delete from assessment.assessment where area = of_area and id = any(gone);
  return gone;
end $$;
comment on function assessment.take_back is
  'Takes back first conversations of episodes that a batch brought.';
revoke all on function assessment.take_back from public;
grant execute on function assessment.take_back to workwell_app;

create function goal.take_back(of_area text, episodes uuid[], facts uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  select coalesce(array_agg(f.id), '{}') into gone
  from goal.goal f join episode.episode e on e.area = f.area and e.id = f.episode
  where f.area = of_area and e.batch is not null and (f.episode = any(episodes) or f.id = any(facts));
  delete from goal.goal where area = of_area and id = any(gone);
  return gone;
end $$;
comment on function goal.take_back is
  'Takes back goals of episodes that a batch brought; their actions go before.';
revoke all on function goal.take_back from public;
grant execute on function goal.take_back to workwell_app;

create function action.take_back(of_area text, episodes uuid[], facts uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  select coalesce(array_agg(a.id), '{}') into gone
  from action.action a join goal.goal g on g.area = a.area and g.id = a.goal
    join episode.episode e on e.area = g.area and e.id = g.episode
  where a.area = of_area and e.batch is not null and (g.episode = any(episodes) or a.id = any(facts));
  delete from action.result where area = of_area and action = any(gone);
  delete from action.action where area = of_area and id = any(gone);
  return gone;
end $$;
comment on function action.take_back is
  'Takes back actions for goals of episodes that a batch brought, with what came of them.';
revoke all on function action.take_back from public;
grant execute on function action.take_back to workwell_app;

create function contact.take_back(of_area text, episodes uuid[], facts uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  select coalesce(array_agg(f.id), '{}') into gone
  from contact.contact f join episode.episode e on e.area = f.area and e.id = f.episode
  where f.area = of_area and e.batch is not null and (f.episode = any(episodes) or f.id = any(facts));
  delete from contact.contact where area = of_area and id = any(gone);
  return gone;
end $$;
comment on function contact.take_back is
  'Takes back contacts of episodes that a batch brought.';
revoke all on function contact.take_back from public;
grant execute on function contact.take_back to workwell_app;

create function appointment.take_back(of_area text, episodes uuid[], facts uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  select coalesce(array_agg(f.id), '{}') into gone
  from appointment.appointment f join episode.episode e on e.area = f.area and e.id = f.episode
  where f.area = of_area and e.batch is not null and (f.episode = any(episodes) or f.id = any(facts));
  delete from appointment.slot where area = of_area and appointment = any(gone);
  delete from appointment.result where area = of_area and appointment = any(gone);
  delete from appointment.appointment where area = of_area and id = any(gone);
  return gone;
end $$;
comment on function appointment.take_back is
  'Takes back appointments of episodes that a batch brought, with what came of them.';
revoke all on function appointment.take_back from public;
grant execute on function appointment.take_back to workwell_app;

create function log.take_back(of_area text, episodes uuid[], facts uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  select coalesce(array_agg(f.id), '{}') into gone
  from log.entry f join episode.episode e on e.area = f.area and e.id = f.episode
  where f.area = of_area and e.batch is not null and (f.episode = any(episodes) or f.id = any(facts));
  delete from log.entry where area = of_area and id = any(gone);
  return gone;
end $$;
comment on function log.take_back is
  'Takes back support that was given in episodes that a batch brought.';
revoke all on function log.take_back from public;
grant execute on function log.take_back to workwell_app;

create function pause.take_back(of_area text, episodes uuid[], facts uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  select coalesce(array_agg(f.id), '{}') into gone
  from pause.pause f join episode.episode e on e.area = f.area and e.id = f.episode
  where f.area = of_area and e.batch is not null and (f.episode = any(episodes) or f.id = any(facts));
  delete from pause.resumption where area = of_area and pause = any(gone);
  delete from pause.pause where area = of_area and id = any(gone);
  return gone;
end $$;
comment on function pause.take_back is
  'Takes back pauses of episodes that a batch brought.';
revoke all on function pause.take_back from public;
grant execute on function pause.take_back to workwell_app;

create function completion.take_back(of_area text, episodes uuid[], facts uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  select coalesce(array_agg(f.id), '{}') into gone
  from completion.completion f join episode.episode e on e.area = f.area and e.id = f.episode
  where f.area = of_area and e.batch is not null and (f.episode = any(episodes) or f.id = any(facts));
  delete from completion.goal_result where area = of_area and completion = any(gone);
  delete from completion.outcome where area = of_area and completion = any(gone);
  delete from completion.completion where area = of_area and id = any(gone);
  return gone;
end $$;
comment on function completion.take_back is
  'Takes back completions of episodes that a batch brought.';
revoke all on function completion.take_back from public;
grant execute on function completion.take_back to workwell_app;

create function ending.take_back(of_area text, episodes uuid[], facts uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  select coalesce(array_agg(f.id), '{}') into gone
  from ending.ending f join episode.episode e on e.area = f.area and e.id = f.episode
  where f.area = of_area and e.batch is not null and (f.episode = any(episodes) or f.id = any(facts));
  delete from ending.ending where area = of_area and id = any(gone);
  return gone;
end $$;
comment on function ending.take_back is
  'Takes back early endings of episodes that a batch brought.';
revoke all on function ending.take_back from public;
grant execute on function ending.take_back to workwell_app;

create function follow_up.take_back(of_area text, episodes uuid[], facts uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  select coalesce(array_agg(f.id), '{}') into gone
  from follow_up.follow_up f join episode.episode e on e.area = f.area and e.id = f.episode
  where f.area = of_area and e.batch is not null and (f.episode = any(episodes) or f.id = any(facts));
  delete from follow_up.follow_up where area = of_area and id = any(gone);
  return gone;
end $$;
comment on function follow_up.take_back is
  'Takes back follow-ups of episodes that a batch brought.';
revoke all on function follow_up.take_back from public;
grant execute on function follow_up.take_back to workwell_app;

-- What is taken back is looked for from the other side of these keys.
drop index people.means_of_person;
create index means_of_person on people.means (area, person);
create index assessment_of_person on assessment.assessment (area, person);
create index goal_result_of_goal on completion.goal_result (area, goal);
create index concern_of_episode on safety.concern (area, episode) where episode is not null;

alter table batch.batch
  add column undoing_at timestamptz,
  add column undone_at timestamptz,
  add column undone_by uuid,
  add foreign key (area, undone_by) references organisations.member (area, id);
alter table batch.row add column undone_at timestamptz, add check (undone_at is null or outcome = 'taken');
drop index batch.row_taken_once;
create unique index row_taken_once on batch.row (area, key) where outcome = 'taken' and undone_at is null;
create index row_of_record on batch.row (area, made) where made is not null;
grant update (undone_at) on batch.row to workwell_app;

create table batch.left_alone (
  area text not null,
  batch uuid not null,
  person uuid not null,
  why text not null check (why ~ '^[a-z0-9.-]{3,80}$'),
  since timestamptz,
  primary key (area, batch, person),
  foreign key (area, batch) references batch.batch (area, id),
  foreign key (area, person) references people.person (area, id)
);
comment on table batch.left_alone is
  'People whom a batch brought and who stayed when it was taken back, and what somebody had done with their record since.';
create index left_alone_of_person on batch.left_alone (area, person);
call platform.area_owned('batch.left_alone', 'select, insert, delete');
