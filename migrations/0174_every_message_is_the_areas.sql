-- An area writes the words of every message, and of letters in large print apart from those of other letters.

alter table templates.words
  drop constraint words_format_check,
  add constraint words_format_check check (format in ('text', 'email', 'letter', 'large-letter'));
alter table notify.message add column template_format text;
comment on column notify.message.template_format is
  'In which format its words were written: as it travels, or a letter in large print. Empty for messages from before this was kept.';
