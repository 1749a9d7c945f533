-- A form by email that nobody made a referral of is kept only for a time, and no longer than its person agrees.

alter table incoming.mail add column emptied_because text check (emptied_because in ('age', 'asked'));
update incoming.mail set emptied_because = 'age' where emptied_at is not null;
alter table incoming.mail add check ((emptied_at is null) = (emptied_because is null));
comment on column incoming.mail.emptied_because is
  'Why what it said was deleted: as long as the area keeps it had passed, or whoever it is about asked. That it came stays, so that it is counted and known again.';

-- What waits is counted on the page on which administrators begin their day.
drop index incoming.mail_open;
create index mail_waiting on incoming.mail (area, came_at, id) where settled_at is null and emptied_at is null;
create index mail_kept on incoming.mail (area) where emptied_at is null;
