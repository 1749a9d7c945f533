-- No door takes the tokens of system clients yet, so that nothing can be counted and no limit be kept: what would have said
-- so goes until there is one.

drop table clients.minute;
alter table clients.client drop column per_minute;
