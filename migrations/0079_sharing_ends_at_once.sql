-- An arrangement that is ended on the day it began (or before it begins) ends at once, and not on the day after.

alter table organisations.sharing drop constraint sharing_check1;
alter table organisations.sharing add constraint sharing_period check (until_on is null or until_on >= from_on);
comment on column organisations.sharing.until_on is 'The first day on which it no longer holds; the first day itself where it was ended before it ever held.';
