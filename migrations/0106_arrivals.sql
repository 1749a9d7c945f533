-- What became of a message after somebody took it to carry, and what people write back by text.

alter table notify.message
  add column arrival text check (arrival in ('arrived', 'not arrived', 'not now')),
  add column arrival_at timestamptz,
  add constraint message_arrival check ((arrival is null) = (arrival_at is null));
comment on column notify.message.arrival is 'Whether it reached its address, as its carrier said; empty while that is not known.';
create index message_unsettled_to on notify.message (area, address_key, id) where settled_at is null and tries > 0;

alter table people.means add column failed_at timestamptz;
comment on column people.means.failed_at is 'When a message to it did not arrive; empty again once one did.';

create table notify.reply (
  area text not null,
  id uuid not null,
  carried_as text not null,
  message uuid,
  person uuid,
  address text not null,
  address_key text not null,
  body text not null,
  opts_out boolean not null,
  received_at timestamptz not null,
  kept_at timestamptz not null,
  primary key (area, id),
  unique (area, carried_as),
  foreign key (area, message) references notify.message (area, id)
);
comment on table notify.reply is 'A text that somebody sent to the service: the message it most likely answers, and whether it asks for no more. Known by the id of its carrier, so that it is kept once.';
create index reply_of_person on notify.reply (area, person, received_at) where person is not null;
call platform.area_owned('notify.reply', 'select, insert');
