-- Whoever reads what people answer by themselves is told first of an answer that asks for somebody.

alter table alert.alert add column by_themselves boolean not null default false;
comment on column alert.alert.by_themselves is
  'Whether the person said it by themselves, with nobody there: whoever reads what people answer by themselves is told first.';
alter table alert.alert drop constraint alert_told_as_check;
alter table alert.alert add constraint alert_told_as_check check (told_as in ('cover', 'owner', 'deputy', 'manager'));
alter table alert.told drop constraint told_told_as_check;
alter table alert.told add constraint told_told_as_check check (told_as in ('cover', 'owner', 'deputy', 'manager'));
