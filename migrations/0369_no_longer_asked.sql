-- What an area switched off while somebody answered it is kept as they sent it, and whoever asked them is told what it was.

alter table questionnaires.asking add column no_longer_asked text[] not null default '{}';
comment on column questionnaires.asking.no_longer_asked is
  'Of the questionnaires, those that the area no longer asked when the answers were sent.';
