-- Who has looked a translation through for an area and says that it is right.

create schema language;
comment on schema language is 'Which translations were checked, by whom, and for which words.';
grant usage on schema language to workwell_app;

create table language.signature (
  area text not null references areas.area (area),
  id uuid not null,
  language text not null,
  digest text not null,
  name text not null,
  qualified_as text not null,
  checked_on date not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  by uuid not null,
  at timestamptz not null,
  primary key (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table language.signature is 'A translator''s name under the words of one language as they stood that day. A change to any of them makes the language a draft again.';
comment on column language.signature.by is 'The member who wrote it down.';
create index signature_of_language on language.signature (area, language, digest) where withdrawn_at is null;
call platform.area_owned('language.signature');
