-- A link that expired is given out anew to the address it was sent to, and to no other.

alter table link.link add column message uuid;
comment on column link.link.message is 'The message of the outbox that it went out with; null where it was shown or handed over. A new one goes to the address of that message only.';
