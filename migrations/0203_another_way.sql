-- What was held back because a person is not to be reached one way goes another way that they want.

alter table notify.message add column gone_as uuid;
comment on column notify.message.gone_as is 'The message that went in place of this one, by another way to reach the person.';
alter table notify.message add constraint message_gone_as_fkey
  foreign key (area, gone_as) references notify.message (area, id);
create index message_gone_as on notify.message (area, gone_as) where gone_as is not null;
