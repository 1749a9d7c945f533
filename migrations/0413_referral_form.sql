-- The merge fields of the form that practices refer with. docs/decisions/0020-mailbox.md has the reasons.

create schema referral_form;
comment on schema referral_form is 'The form that practices refer with.';
grant usage on schema referral_form to workwell_app;

create table referral_form.codes (
  area text not null references areas.area (area),
  system text not null check (system in ('emis-web', 'systmone', 'vision', 'another')),
  version integer not null check (version > 0),
  codes jsonb not null,
  at timestamptz not null,
  by uuid not null,
  primary key (area, system, version),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table referral_form.codes is
  'What stands in the form for each thing that a records system knows, version by version; the highest holds.';
comment on column referral_form.codes.codes is 'The merge field of each thing by its name; nothing about a person.';
call platform.area_owned('referral_form.codes', 'select, insert');
