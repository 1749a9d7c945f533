-- SMART App Launch 2.2 (client-confidential-asymmetric) asks every server for RS384 and ES384: keys on P-384 can be registered.
-- docs/decisions/0027-system-clients.md has the reasons.

alter table clients.key drop constraint key_algorithm_check;
alter table clients.key add constraint key_algorithm_check check (algorithm in ('RS512', 'ES256', 'ES384'));
