-- By whom a way to reach somebody was given, and since when it is known to be their own. Whoever refers somebody writes
-- down a number or an address that may be the referrer's own: messages go there, and it opens nothing.

alter table people.means
  add column given_by text not null default 'other' check (given_by in ('person', 'team', 'other')),
  add column theirs_at timestamptz,
  add column theirs_of uuid,
  add column theirs_by uuid;
comment on column people.means.given_by is
  'Who gave it: the person themselves, a member of the team, or somebody else (whoever referred, a file, another system).';
comment on column people.means.theirs_at is 'When it was shown to be the person''s own; empty where nobody has said so.';
comment on column people.means.theirs_of is
  'For which record it was shown: once that is made one with another, it counts for the one that is kept only when it is shown anew.';
comment on column people.means.theirs_by is
  'The membership of whoever spoke with the person; empty where the person gave or showed it by themselves.';

alter table people.person add column merged_at timestamptz;
comment on column people.person.merged_at is 'When it was made one with the record that is kept.';
update people.person person set merged_at = (select max(pair.decided_at) from likeness.pair
    where pair.area = person.area and pair.kept = person.merged_into and pair.undone_at is null
      and person.id in (pair.person, pair.other))
  where person.merged_into is not null;
-- One that followed another is as old as the last decision about the record that it came under.
update people.person person set merged_at = (select max(pair.decided_at) from likeness.pair
    where pair.area = person.area and pair.kept = person.merged_into and pair.undone_at is null)
  where person.merged_into is not null and person.merged_at is null;

create function people.records_of(of_area text, whose uuid) returns setof uuid language sql stable as $$
  with kept as (select coalesce(merged_into, id) as id from people.person where area = of_area and id = whose)
  select id from kept
  union all select other.id from people.person other, kept where other.area = of_area and other.merged_into = kept.id
$$;
comment on function people.records_of is 'Every record of the same person: the one that is kept and those that came into it.';
revoke all on function people.records_of from public;
grant execute on function people.records_of to workwell_app;

create function people.is_theirs(of_area text, whose uuid, of_record uuid, since timestamptz, by_member uuid)
returns boolean language sql stable as $$
  select of_record is not null
    and of_record = (select coalesce(own.merged_into, own.id) from people.person own
      where own.area = of_area and own.id = whose)
    and (by_member is not null or not exists (select from people.person other
      where other.area = of_area and other.merged_into = of_record and other.merged_at >= since))
$$;
comment on function people.is_theirs is
  'Whether a way to reach somebody is known to be their own now. What they showed by themselves opens the record that it was shown for, and not what came under it since from a record that may be another''s.';
revoke all on function people.is_theirs from public;
grant execute on function people.is_theirs to workwell_app;

-- What stands here already counts as given by somebody else and is nobody's own, but where it is written down that it is.
update people.means means set given_by = case when entry.role = 'participant' then 'person' else 'team' end
  from journal.entry entry
  where entry.what = 'means.added' and entry.area = means.area and entry.subject = means.id;

-- Who refers themselves by the public form gives their own; its ways are as old as the referral.
update people.means means
  set given_by = 'person', theirs_at = means.added_at, theirs_of = means.person
  from referral.referral referral
  where referral.area = means.area and referral.person = means.person and referral.route = 'self'
    and referral.typed_by is null and referral.channel = 'online' and referral.typed_at = means.added_at;

-- A code that was sent there was entered, or it takes none and the person gave it in their own space.
update people.means means set theirs_at = entry.at, theirs_of = means.person, theirs_by = null
  from journal.entry entry
  where entry.area = means.area and entry.subject = means.id and means.unconfirmed_at is null
    and (entry.what = 'means.confirmed' or entry.what = 'means.added' and entry.role = 'participant');

-- A member of the team has written it down or put it right.
update people.means means set theirs_at = entry.at, theirs_of = means.person, theirs_by = member.id
  from journal.entry entry
  join organisations.member member on member.area = entry.area and member.account = entry.account
    and member.organisation = entry.organisation and member.role = entry.role
  where entry.what in ('means.added', 'means.changed') and entry.role <> 'participant'
    and entry.area = means.area and entry.subject = means.id and means.unconfirmed_at is null;

-- People who were made up, and with whom a coach has spoken.
update people.means means set given_by = 'person', theirs_at = standing.last_contact_at, theirs_of = means.person
  from people.person person, episode.standing standing
  where person.area = means.area and person.id = means.person and person.synthetic
    and standing.area = means.area and standing.person = means.person and standing.last_contact_at is not null
    and means.theirs_of is null and means.unconfirmed_at is null;
