-- Support that ends because somebody could not be reached, before the tries were made that the area asks for.

alter table ending.ending add column few_tries_because text;
comment on column ending.ending.few_tries_because is 'Why an episode was ended as unreachable with fewer tries than the area asks for.';
