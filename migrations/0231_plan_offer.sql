-- A plan is sent to the person, who reads it as it would be agreed and answers by themselves: by a link or in their space.

create schema plan_offer;
comment on schema plan_offer is 'Plans that were sent to the person to agree by themselves, and what they answered.';
grant usage on schema plan_offer to workwell_app;

create table plan_offer.offer (
  area text not null,
  id uuid not null,
  episode uuid not null,
  agreed_before integer not null check (agreed_before >= 0),
  told_by text not null check (told_by in ('text', 'email', 'staff')),
  offered_at timestamptz not null,
  offered_by uuid not null,
  expires_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (area, id),
  foreign key (area, episode) references episode.episode (area, id),
  foreign key (area, offered_by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id),
  check ((withdrawn_at is null) = (withdrawn_by is null)),
  check (expires_at > offered_at)
);
comment on table plan_offer.offer is
  'That somebody was asked to agree their plan: how they were told, until when they may answer, and whether it was taken back.';
comment on column plan_offer.offer.agreed_before is 'How many versions were agreed when it was sent: one more answers it.';
create index offer_of_episode on plan_offer.offer (area, episode, offered_at);
call platform.area_owned('plan_offer.offer', 'select, insert');
grant update (withdrawn_at, withdrawn_by) on plan_offer.offer to workwell_app;

create table plan_offer.answer (
  area text not null,
  id uuid not null,
  offer uuid not null,
  answer text not null check (answer in ('agreed', 'talk')),
  words text,
  way text not null check (way in ('link', 'own-space')),
  at timestamptz not null,
  seen_at timestamptz,
  seen_by uuid,
  primary key (area, id),
  foreign key (area, offer) references plan_offer.offer (area, id),
  foreign key (area, seen_by) references organisations.member (area, id),
  check ((seen_at is null) = (seen_by is null))
);
comment on table plan_offer.answer is
  'What the person said themselves of the plan they were sent: that they agree, or that they want to talk about it first.';
create index answer_of_offer on plan_offer.answer (area, offer);
create index answer_unseen on plan_offer.answer (area, offer) where seen_at is null;
call platform.area_owned('plan_offer.answer', 'select, insert');
grant update (seen_at, seen_by) on plan_offer.answer to workwell_app;
