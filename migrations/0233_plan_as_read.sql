-- Whoever wanted to talk about a first plan reads it again, and sees what was changed since they read it.

alter table plan_offer.answer add column content jsonb;
comment on column plan_offer.answer.content is 'The plan as they read it when they answered; null for answers from before this was kept.';
