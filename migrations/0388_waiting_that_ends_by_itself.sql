-- Support that waits for a service goes on when the participant takes the referral to it back: no member says so then.

alter table pause.resumption alter column by drop not null;
comment on column pause.resumption.by is 'The member who said so; null where the participant took back what was waited for.';
