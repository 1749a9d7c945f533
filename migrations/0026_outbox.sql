-- Who a message is for, until when it is of use, how often it was tried and who carried it.

alter table notify.message
  add column recipient text not null default 'person' check (recipient in ('person', 'another')),
  add column not_after timestamptz,
  add column tries integer not null default 0,
  add column sent_by text,
  add constraint sent_by_somebody check ((sent_by is not null) = (settled_as is not distinct from 'sent')),
  add constraint reason_kept check (settled_as is null or settled_as = 'sent' or reason is not null);
comment on column notify.message.recipient is 'Whether it goes to the person it names or to another about them; the person''s ways to be reached rule only the first.';
comment on column notify.message.not_after is 'After this moment it is no longer of use (a reminder of something that is over) and is held back.';
create index message_troubled on notify.message (area, id) where settled_as in ('held back', 'failed');
