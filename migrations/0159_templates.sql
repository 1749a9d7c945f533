-- The words of the messages, as an area writes them itself: by language and by how they travel, version by version.

create schema templates;
comment on schema templates is 'The words of messages that an area has written itself.';
grant usage on schema templates to workwell_app;

create table templates.words (
  area text not null references areas.area (area),
  template text not null,
  language text not null,
  format text not null check (format in ('text', 'email', 'letter')),
  version integer not null,
  subject text,
  body text,
  set_by uuid not null,
  set_at timestamptz not null,
  primary key (area, template, language, format, version),
  foreign key (area, set_by) references organisations.member (area, id),
  constraint after_the_first check (version > 1)
);
comment on table templates.words is 'One version of the words of one message. Version 1 is what comes with the product; an area''s own begin with 2.';
comment on column templates.words.body is 'The words, with places for facts in braces; null where the area went back to the product''s own.';
call platform.area_owned('templates.words', 'select, insert');

alter table notify.message
  add column template text,
  add column template_language text,
  add column template_version integer,
  add constraint message_template check ((template is null) = (template_version is null));
comment on column notify.message.template is 'Which message''s words these are; null where they are no area''s to change.';
comment on column notify.message.template_version is 'Which version of them went: 1 is what comes with the product.';
