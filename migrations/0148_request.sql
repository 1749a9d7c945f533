-- What somebody outside is asked through a link: by whom, what of the person they are shown, on which permission, and what
-- they answer.

create schema request;
comment on schema request is 'What is asked of somebody outside through a link, exactly what they are shown, and what they answer.';
grant usage on schema request to workwell_app;

create table request.request (
  area text not null,
  id uuid not null,
  kind text not null check (kind in ('referrer', 'service', 'employer', 'occupational-health')),
  person uuid not null,
  referral uuid,
  organisation text not null,
  contact text,
  address text not null,
  asks text not null,
  shared jsonb not null default '[]',
  allowed_by text not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, referral) references referral.referral (area, id),
  foreign key (area, asked_by) references organisations.member (area, id),
  foreign key (area, closed_by) references organisations.member (area, id),
  constraint request_of_referral check ((kind = 'referrer') = (referral is not null))
);
comment on table request.request is
  'One thing asked of somebody outside. What they are shown is kept as it was shown to whoever asked before it went.';
comment on column request.request.allowed_by is 'The permission that allows it, or "received" where whoever referred is asked about their own referral.';
comment on column request.request.shared is 'What they are shown of the person: a list of labels and values, in the order shown.';
create index request_of_person on request.request (area, person, asked_at desc);
create index request_about_referral on request.request (area, referral) where referral is not null;
call platform.area_owned('request.request');

create table request.answer (
  area text not null,
  id uuid not null,
  request uuid not null,
  answer text not null check (answer in ('yes', 'not-yet', 'talk', 'no', 'told')),
  note text,
  by_name text,
  at timestamptz not null,
  read_by uuid,
  read_at timestamptz,
  primary key (area, id),
  foreign key (area, request) references request.request (area, id),
  foreign key (area, read_by) references organisations.member (area, id),
  constraint answer_read_whole check ((read_by is null) = (read_at is null))
);
comment on table request.answer is
  'What somebody outside answered through the link. Of several the newest counts; each stays until a member has read it on the lists of what is to be done.';
create index answer_to_request on request.answer (area, request, at desc);
create index answer_unread on request.answer (area, request) where read_at is null;
call platform.area_owned('request.answer');
