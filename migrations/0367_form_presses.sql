-- Where a member was led who sent a form, so that whoever presses twice is led there again and not told that nothing is there.

create table form.press (
  area text not null,
  key bytea not null check (length(key) = 32),
  led_to text not null check (length(led_to) between 1 and 2000),
  at timestamptz not null,
  primary key (area, key)
);
comment on table form.press is
  'A form that a member sent a few minutes ago: who, where to and with what as one digest, and the page they were led to.';
create index press_at on form.press (area, at);
call platform.area_owned('form.press', 'select, insert, update, delete');
