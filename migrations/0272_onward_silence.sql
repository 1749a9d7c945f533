-- After silence of a service the product proposes the next one; the coach and the participant decide.

create schema onward_silence;
comment on schema onward_silence is 'The next service that is proposed where one does not answer, and what was decided.';
grant usage on schema onward_silence to workwell_app;

create table onward_silence.proposal (
  area text not null,
  id uuid not null,
  referral uuid not null,
  service uuid not null,
  service_version integer not null,
  service_name text not null,
  address text,
  proposed_at timestamptz not null,
  decided_at timestamptz,
  decided_as text check (decided_as in ('yes', 'wanted', 'wait', 'talk', 'none', 'not-now')),
  decided_by uuid,
  note text,
  read_at timestamptz,
  read_by uuid,
  primary key (area, id),
  foreign key (area, referral) references onward.referral (area, id),
  foreign key (area, service) references services.service (area, id),
  foreign key (area, decided_by) references organisations.member (area, id),
  foreign key (area, read_by) references organisations.member (area, id),
  constraint onward_proposal_decided check ((decided_at is null) = (decided_as is null)),
  constraint onward_proposal_read check ((read_at is null) = (read_by is null))
);
comment on table onward_silence.proposal is
  'The next service proposed in place of one that did not answer. Nothing goes to it before the participant has said yes to it.';
comment on column onward_silence.proposal.decided_by is 'The member who decided; null where the participant did by themselves.';
create unique index onward_proposal_open on onward_silence.proposal (area, referral) where decided_at is null;
create index onward_proposal_of on onward_silence.proposal (area, referral, proposed_at);
create index onward_proposal_unread on onward_silence.proposal (area, referral)
  where read_at is null and decided_at is not null and decided_by is null;
call platform.area_owned('onward_silence.proposal', 'select, insert');
grant update (decided_at, decided_as, decided_by, note, read_at, read_by) on onward_silence.proposal to workwell_app;
