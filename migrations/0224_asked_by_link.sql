-- Questionnaires that somebody answers by a link, on their own phone, over as many sittings as they like.

create table questionnaires.asking (
  area text not null,
  id uuid not null,
  person uuid not null,
  asked_for uuid not null,
  instruments text[] not null check (cardinality(instruments) > 0),
  asked_by uuid not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > asked_at),
  alerted_at timestamptz,
  sent_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (area, id),
  foreign key (area, person) references people.person (area, id),
  foreign key (area, asked_by) references organisations.member (area, id),
  foreign key (area, withdrawn_by) references organisations.member (area, id)
);
comment on table questionnaires.asking is
  'Questionnaires a member asked somebody to answer by a link. alerted_at is when an answer that asks for somebody first arrived, sent_at when all answers were sent.';
create index asking_of_person on questionnaires.asking (area, person, asked_at);
call platform.area_owned('questionnaires.asking', 'select, insert, update');

create table questionnaires.begun (
  area text not null,
  asking uuid not null,
  instrument text not null,
  items jsonb not null,
  saved_at timestamptz not null,
  primary key (area, asking, instrument),
  foreign key (area, asking) references questionnaires.asking (area, id)
);
comment on table questionnaires.begun is
  'What somebody saved and has not sent: deleted when it is sent, when the link is taken back and when it expires.';
call platform.area_owned('questionnaires.begun', 'select, insert, update, delete');
