-- Whoever has an alert may be shut out when the record is restricted: the next one is told at once, and why.

alter table alert.told drop constraint told_because_check;
alter table alert.told add constraint told_because_check
  check (because in ('raised', 'unheard', 'not-looked-at', 'shut-out', 'handed-over', 'nobody-else'));
