-- A link that stopped working can be asked for anew, once a day, and guessing at one ends it.

alter table link.link add column asked_anew_at timestamptz;
comment on column link.link.asked_anew_at is 'When somebody last asked for a new link in place of this one.';
