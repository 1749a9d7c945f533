-- People choose, move and cancel the times of their appointments themselves.

alter table appointment.appointment alter column booked_by drop not null;
comment on column appointment.appointment.booked_by is 'The member who booked it; null where the person did so themselves.';
alter table appointment.appointment add column venue uuid;
alter table appointment.appointment add foreign key (area, venue) references availability.venue (area, id);
comment on column appointment.appointment.venue is 'The building where people meet, where it is one of those the service uses: what to know about getting in is kept with it.';
alter table appointment.result alter column by drop not null;
comment on column appointment.result.by is 'The member who wrote it down; null where the person said so themselves.';

create table appointment.confirmation (
  area text not null,
  appointment uuid not null,
  at timestamptz not null,
  primary key (area, appointment),
  foreign key (area, appointment) references appointment.appointment (area, id)
);
comment on table appointment.confirmation is 'The person has said that they will come.';
call platform.area_owned('appointment.confirmation', 'select, insert');

create table appointment.interpreting (
  area text not null,
  id uuid not null,
  appointment uuid not null,
  state text not null check (state in ('asked', 'confirmed', 'not-found', 'not-needed')),
  language text,
  note text,
  at timestamptz not null,
  by uuid not null,
  primary key (area, id),
  foreign key (area, appointment) references appointment.appointment (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table appointment.interpreting is 'How far the search for an interpreter of an appointment has come; the newest row counts.';
create index interpreting_of_appointment on appointment.interpreting (area, appointment, id);
call platform.area_owned('appointment.interpreting', 'select, insert');

create or replace function appointment.take_back(of_area text, episodes uuid[], facts uuid[]) returns uuid[]
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone uuid[];
begin
  select coalesce(array_agg(f.id), '{}') into gone
  from appointment.appointment f join episode.episode e on e.area = f.area and e.id = f.episode
  where f.area = of_area and e.batch is not null and (f.episode = any(episodes) or f.id = any(facts));
  delete from appointment.slot where area = of_area and appointment = any(gone);
  delete from appointment.result where area = of_area and appointment = any(gone);
  delete from appointment.confirmation where area = of_area and appointment = any(gone);
  delete from appointment.interpreting where area = of_area and appointment = any(gone);
  delete from appointment.appointment where area = of_area and id = any(gone);
  return gone;
end $$;

create schema offer;
comment on schema offer is 'That somebody may choose the time of an appointment themselves.';
grant usage on schema offer to workwell_app;

create table offer.offer (
  area text not null,
  id uuid not null,
  episode uuid not null,
  member uuid not null,
  purpose text not null,
  modes text[] not null check (cardinality(modes) > 0 and modes <@ array['phone', 'video', 'in-person']),
  told_by text not null,
  offered_at timestamptz not null,
  offered_by uuid not null,
  expires_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, member) references organisations.member (area, id),
  foreign key (area, offered_by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id),
  check (expires_at > offered_at)
);
comment on table offer.offer is 'A member asked a person to choose a time with them, by a link that stands open until a moment. Used once an appointment of the same id as its chain is there.';
create index offer_of_episode on offer.offer (area, episode, offered_at);
call platform.area_owned('offer.offer');
