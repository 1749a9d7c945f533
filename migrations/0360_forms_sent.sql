-- Which forms were sent, so that whoever goes back, changes one and sends it again is told that the first is what is kept.

create table form.sent (
  area text not null,
  key bytea not null check (length(key) = 32),
  digest bytea not null check (length(digest) = 32),
  at timestamptz not null,
  primary key (area, key)
);
comment on table form.sent is
  'A form that was taken. What it was shown as and where it was sent to is kept as a digest, and so is what stood in it: whom it was about cannot be read from it.';
create index sent_at on form.sent (area, at);
call platform.area_owned('form.sent', 'select, insert, delete');
