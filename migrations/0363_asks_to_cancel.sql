-- A text that says nothing but that its sender wants to cancel no longer ends all texts: somebody has to decide what follows.

alter table notify.reply add column asks_to_cancel boolean not null default false;
alter table notify.reply alter column asks_to_cancel drop default;
alter table notify.reply add constraint reply_means_one check (not (opts_out and asks_to_cancel));
comment on column notify.reply.asks_to_cancel is
  'Whether it says nothing but that its sender wants to cancel, in any of the languages of the service: a coach decides what follows.';
