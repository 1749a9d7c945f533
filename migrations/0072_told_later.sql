-- Somebody who is not eligible may be told after it was decided: until then it is known that they were not.

alter table decision.handover
  alter column told_by drop not null,
  alter column told_how drop not null,
  alter column told_on drop not null,
  add constraint told_whole check ((told_by is null) = (told_on is null) and (told_how is null) = (told_on is null));
grant update (told_by, told_how, told_on) on decision.handover to workwell_app;
create index handover_untold on decision.handover (area, decision) where told_on is null;
comment on table decision.handover is
  'Where somebody who is not eligible here is helped on to, and once they were told: by whom, how and when. Nobody is turned away without one.';
