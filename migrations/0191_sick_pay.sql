-- Rates and rules of Statutory Sick Pay by the day from which they hold; the reference file in data/ fills them.

create schema sick_pay;
comment on schema sick_pay is 'What Statutory Sick Pay is, from which day.';
grant usage on schema sick_pay to workwell_app;

create table sick_pay.rule (
  from_on date primary key,
  weekly_pence integer not null check (weekly_pence > 0),
  share_percent integer,
  waiting_days integer not null,
  least_weekly_pence integer,
  least_days_in_row integer not null,
  link_days integer not null,
  most_weeks integer not null,
  source text not null
);
comment on table sick_pay.rule is
  'The weekly rate from a day on, or a share of average earnings where that is lower; how many qualifying days are waited for, what has to be earned, how many days in a row begin a period, and within how many days two periods are one.';
grant select on sick_pay.rule to workwell_app;
