-- A request for a new link stands on the day of whoever looks after the person, until it was sent or needs none.

alter table link.link add column anew_settled_at timestamptz;
comment on column link.link.anew_settled_at is 'When a member said that the new link that was asked for needs not be sent.';
create index link_asked_anew on link.link (area, person) where asked_anew_at is not null;
