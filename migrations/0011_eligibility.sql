-- Whom an area supports: its dated rules, and what areas are known to have published, to begin from.

create schema eligibility;
comment on schema eligibility is 'Dated rules of whom an area supports.';
grant usage on schema eligibility to workwell_app;

create table eligibility.preset (
  code text primary key,
  position integer not null unique,
  name text not null,
  rules jsonb not null,
  council_rules jsonb not null default '[]',
  week_limits jsonb,
  note text,
  source text not null
);
comment on table eligibility.preset is 'What areas are known to have published about whom they support, restated, to begin from. An area adopts one by making it its own dated rules.';
grant select on eligibility.preset to workwell_app;

create table eligibility.rule_set (
  area text not null references areas.area (area),
  id uuid not null,
  from_on date not null,
  council text references places.council (code),
  rules jsonb not null,
  preset text references eligibility.preset (code),
  reason text not null,
  set_by uuid not null,
  set_at timestamptz not null,
  primary key (area, id),
  foreign key (area, set_by) references organisations.member (area, id)
);
comment on table eligibility.rule_set is 'Whom an area supports from a day on. Rows with a council hold only what is different there. Of two for the same day the later made counts.';
create index rule_set_by_day on eligibility.rule_set (area, from_on, id);
call platform.area_owned('eligibility.rule_set', 'select, insert');

create table eligibility.rule_withdrawal (
  area text not null,
  rule_set uuid not null,
  reason text not null,
  by uuid not null,
  at timestamptz not null,
  primary key (area, rule_set),
  foreign key (area, rule_set) references eligibility.rule_set (area, id),
  foreign key (area, by) references organisations.member (area, id)
);
comment on table eligibility.rule_withdrawal is 'That rules were taken back before the day on which they were to begin.';
call platform.area_owned('eligibility.rule_withdrawal', 'select, insert');

insert into eligibility.preset (code, position, name, rules, council_rules, week_limits, note, source) values
  ('programme', 1, 'The programme''s usual rules',
   '{"minAge": 16, "maxAge": null, "england": true, "rightToWork": true, "condition": true,
     "work": ["employed", "off-sick", "self-employed", "zero-hours", "apprentice", "unemployed", "inactive"],
     "weeksOutOfWork": null, "places": ["home", "practice", "jobcentre"], "excluded": [],
     "employerUnder": null, "withoutOccupationalHealth": false}',
   '[]', null, 'Aged 16 or over, in England, allowed to work, and a health condition or disability that affects work.',
   'Programme description of 2023 to 2024, as restated in the founding documents'),
  ('north-central-london', 2, 'North Central London',
   '{"minAge": 16, "maxAge": null, "england": true, "rightToWork": true, "condition": true,
     "work": ["employed", "off-sick", "self-employed", "zero-hours", "apprentice", "unemployed", "inactive"],
     "weeksOutOfWork": null, "places": ["home", "practice"], "excluded": [],
     "employerUnder": null, "withoutOccupationalHealth": false}',
   '[]', '{"thrive-in-work": 8, "return-to-work": 8, "seek-work": 16}',
   'In work, signed off, or lost a job through health. Lives in or has a GP in the five boroughs. No age and no limit of weeks out of work are published: the programme''s age stands here.',
   'gps.northcentrallondon.icb.nhs.uk/services/workwell'),
  ('lancashire-and-south-cumbria', 3, 'Lancashire and South Cumbria',
   '{"minAge": 16, "maxAge": null, "england": true, "rightToWork": true, "condition": true,
     "work": ["employed", "off-sick", "self-employed", "zero-hours", "apprentice", "unemployed", "inactive"],
     "weeksOutOfWork": 26, "places": ["home"], "excluded": ["complex-need", "long-term-unemployed"],
     "employerUnder": null, "withoutOccupationalHealth": false}',
   '[{"council": "E07000121", "name": "Lancaster", "rules": {"minAge": 18}}]',
   '{"thrive-in-work": 12, "return-to-work": 12, "seek-work": 12}',
   'Off sick, struggling or out of work for less than 6 months. The page about Lancaster says 18 or over.',
   'lancashireandsouthcumbria.icb.nhs.uk, 22 January 2025; lancasterguardian.co.uk'),
  ('blackburn-with-darwen', 4, 'Blackburn with Darwen',
   '{"minAge": 16, "maxAge": null, "england": true, "rightToWork": true, "condition": true,
     "work": ["employed", "off-sick", "self-employed", "zero-hours", "apprentice", "unemployed", "inactive"],
     "weeksOutOfWork": 12, "places": ["home"], "excluded": [],
     "employerUnder": null, "withoutOccupationalHealth": false}',
   '[]', null, 'Early help: the first 12 weeks of unemployment. Residents only. No age is published: the programme''s age stands here.',
   'democracy.blackburn.gov.uk'),
  ('greater-manchester', 5, 'Greater Manchester',
   '{"minAge": 16, "maxAge": null, "england": true, "rightToWork": true, "condition": true,
     "work": ["employed", "off-sick", "self-employed", "zero-hours", "apprentice", "unemployed", "inactive"],
     "weeksOutOfWork": null, "places": ["home", "practice", "jobcentre"], "excluded": [],
     "employerUnder": null, "withoutOccupationalHealth": false}',
   '[]', null, 'Recently out of work, without a number of weeks: decide on one if you want a limit.',
   'aboutmanchester.co.uk; manchester.gov.uk, news article 9612'),
  ('wigan', 6, 'Wigan',
   '{"minAge": 16, "maxAge": null, "england": true, "rightToWork": true, "condition": true,
     "work": ["employed", "off-sick", "self-employed", "zero-hours", "apprentice", "unemployed"],
     "weeksOutOfWork": null, "places": ["home", "practice"], "excluded": [],
     "employerUnder": null, "withoutOccupationalHealth": false}',
   '[]', null, 'Employed, self-employed or recently unemployed; lives in or has a GP in Wigan. No age is published: the programme''s age stands here.',
   'wigantoday.net'),
  ('birmingham-and-solihull', 7, 'Birmingham and Solihull',
   '{"minAge": 16, "maxAge": null, "england": true, "rightToWork": true, "condition": true,
     "work": ["employed", "off-sick", "self-employed", "zero-hours", "apprentice"],
     "weeksOutOfWork": null, "places": ["home", "practice"], "excluded": [],
     "employerUnder": null, "withoutOccupationalHealth": false}',
   '[]', null, 'Off work sick or at risk of it. East Birmingham and North Solihull only: say so in the places that the area covers. No age is published: the programme''s age stands here.',
   'blackcountryradio.co.uk'),
  ('leicester', 8, 'Leicester, Leicestershire and Rutland',
   '{"minAge": 16, "maxAge": null, "england": true, "rightToWork": true, "condition": true,
     "work": ["employed", "off-sick", "self-employed", "zero-hours", "apprentice", "unemployed"],
     "weeksOutOfWork": null, "places": ["home", "practice", "jobcentre"], "excluded": [],
     "employerUnder": null, "withoutOccupationalHealth": false}',
   '[]', null, 'Struggling in work, on long-term sick leave or recently unemployed. No age and no place rule are published: the programme''s stand here.',
   'leicesterleicestershireandrutlandhwp.uk');
