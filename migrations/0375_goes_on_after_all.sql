-- Whoever heard that support ended hears that it goes on where that is taken back, and may hear that it ended anew.
alter table feedback.told
  drop constraint told_news_check,
  add constraint told_news_check check (news in ('accepted', 'started', 'ended', 'goes-on')),
  drop constraint told_pkey,
  add primary key (area, referral, message);
comment on table feedback.told is
  'That whoever made a referral was written to because support was accepted, started, ended or goes on after all, and with which message of the outbox.';
