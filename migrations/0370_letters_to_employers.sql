-- Where a letter to somebody at work goes, and where the service gets its post: an employer may want to be asked, and may
-- answer, on paper.

alter table areas.area add column postal_address text;
alter table employer.version add column postal_address text;
alter table three_way.reply drop constraint reply_how_check;
alter table three_way.reply
  add constraint reply_how_check check (how in ('link', 'telephone', 'in-person', 'letter'));
