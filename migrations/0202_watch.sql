-- Where no manager is left to be told, a senior coach is; and where nobody else is there, the same person is told again.

alter table alert.alert drop constraint alert_told_as_check;
alter table alert.alert add constraint alert_told_as_check
  check (told_as in ('cover', 'owner', 'deputy', 'manager', 'senior'));
alter table alert.told drop constraint told_told_as_check;
alter table alert.told add constraint told_told_as_check
  check (told_as in ('cover', 'owner', 'deputy', 'manager', 'senior'));
alter table alert.told drop constraint told_because_check;
alter table alert.told add constraint told_because_check
  check (because in ('raised', 'unheard', 'not-looked-at', 'handed-over', 'nobody-else'));
