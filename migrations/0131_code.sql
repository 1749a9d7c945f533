-- Codes by which somebody signs in as themselves.

create schema code;
comment on schema code is 'Who asked for a code to sign in with, and how often they tried one. The codes themselves are nowhere.';
grant usage on schema code to workwell_app;

create table code.request (
  area text not null,
  id uuid not null,
  owner text not null,
  channel text not null check (channel in ('text', 'email')),
  address text not null,
  address_key text not null,
  return_path text check (return_path like '/my%'),
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  tries integer not null default 0,
  confirmed_at timestamptz,
  used_at timestamptz,
  primary key (area, id),
  check (expires_at > asked_at)
);
comment on table code.request is
  'Somebody asked that a code be sent to a number or address, known to us or not. Owner is the browser that asked, in which alone the code may be used. Forgotten after a day.';
create index request_of_browser on code.request (area, owner, asked_at);
create index request_for_address on code.request (area, address_key, asked_at);
call platform.area_owned('code.request', 'select, insert, update, delete');
