-- On their own pages somebody may also say that they do not mind, so that the team need not wait.

alter table matter.telling drop constraint telling_how_check;
alter table matter.telling add constraint telling_how_check
  check (how in ('in-person', 'phone', 'sent', 'read', 'agreed'));
