import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asSentence } from './architecture/fault.ts'
import { migrationFaults, readMigrations, schemasWithWriters, tablesIn } from './architecture/migrations.ts'
import { statementsIn } from './architecture/statements.ts'

const root = resolve(import.meta.dirname, '..')
const files = readMigrations(root)
const schemas = new Set(['plan'])

const goal = `comment on table plan.goal is 'A goal; what it is for.';`
const plan = `create table plan.plan (area text not null, id uuid, primary key (area, id)); comment on table plan.plan is 'A plan.';`
const whatIsFound = (sql: string) =>
  migrationFaults(new Map([['0001.sql', `${plan}\n${sql}`]]), schemas).map(({ line, what }) => `${line} ${what}`)

describe('the migrations', () => {
  it('say what each table means, keep every key inside its area, and put no trigger on what an area owns', () => {
    expect(migrationFaults(files, schemasWithWriters(root)).map(asSentence)).toEqual([])
  })

  it('were seen: every "create table" became a table', () => {
    const tables = tablesIn([...files].flatMap(([path, text]) => statementsIn(path, text)))
    const written = [...files.values()].flatMap((text) => text.match(/^create (unlogged )?table/gim) ?? [])
    expect(tables).toHaveLength(written.length)
    expect(tables.filter(({ areaOwned }) => areaOwned).length).toBeGreaterThan(10)
  })
})

describe('the check of the migrations was seen to fail', () => {
  it('a sound table has no fault', () => {
    const sound = `create table plan.goal (
      area text not null, -- a comment; with, commas
      id uuid not null, note text check (note in ('a, b', ')')),
      plan uuid not null,
      primary key (area, id),
      foreign key (area, plan) references plan.plan (area, id)
    );
    create function plan.f() returns int language sql as $$ select 1; create schema daydream; $$;`
    expect(whatIsFound(`${sound}\n${goal}`)).toEqual([])
  })

  it.each([
    [
      'a table without a comment',
      `create table plan.goal (id uuid);`,
      '2 makes plan.goal without saying what it means',
    ],
    [
      'a table with an empty comment',
      `create table plan.goal (id uuid); comment on table plan.goal is '';`,
      '2 makes plan.goal without saying what it means',
    ],
    [
      'a primary key without the area',
      `create table plan.goal (area text not null, id uuid primary key); ${goal}`,
      '2 gives plan.goal a primary key that does not start with area',
    ],
    [
      'a primary key with the area last',
      `\ncreate table plan.goal (id uuid, area text not null, primary key (id, area)); ${goal}`,
      '3 gives plan.goal a primary key that does not start with area',
    ],
    [
      'no primary key',
      `create table plan.goal (area text not null, id uuid); ${goal}`,
      '2 gives plan.goal a primary key that does not start with area',
    ],
    [
      'a foreign key without the area',
      `create table plan.goal (area text not null, id uuid, plan uuid references plan.plan, primary key (area, id)); ${goal}`,
      '2 lets plan.goal refer across areas: plan uuid references plan.plan',
    ],
    [
      'a foreign key added later',
      `create table plan.goal (area text not null, id uuid, primary key (area, id)); ${goal} alter table plan.goal add constraint of_plan foreign key (plan) references plan.plan (id);`,
      '2 lets plan.goal refer across areas: constraint of_plan foreign key (plan) references plan.plan (id)',
    ],
    [
      'an area added later to a table without it in its key',
      `create table plan.goal (id uuid primary key); ${goal} alter table plan.goal add column area text not null;`,
      '2 gives plan.goal a primary key that does not start with area',
    ],
    [
      'a trigger',
      `create trigger t after insert on plan.plan for each row execute function f();`,
      '2 puts a trigger on plan.plan, which belongs to areas',
    ],
    ['a schema that no slice has', `create schema daydream;`, '2 makes the schema daydream, which is of no slice'],
  ])('%s is found', (_name, sql, found) => {
    expect(whatIsFound(sql)).toEqual([found])
  })
})
