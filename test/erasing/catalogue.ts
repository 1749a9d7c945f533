import { randomUUID } from 'node:crypto'
import type pg from 'pg'

/** The word that stands in every text of the rows that are made here. */
export const mark = 'Quillmark'

/** A column of one of the areas' own tables, as the database itself knows it. */
type Column = Readonly<{
  tbl: string
  col: string
  type: string
  /** The table and column it refers to by a foreign key. */
  parent: string | null
  parentColumn: string | null
  key: boolean
}>

/** Every table of the database in which one of these words stands, wherever in a row. */
export async function tablesThatHold(owner: pg.Client, words: readonly string[]): Promise<string[]> {
  const { rows: tables } = await owner.query<{ tbl: string }>(
    `select format('%I.%I', schemaname, tablename) as tbl from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  )
  const looks = tables.map(
    ({ tbl }) => `select '${tbl}' as tbl where exists (select from ${tbl} t where t::text ilike any($1))`,
  )
  const { rows } = await owner.query<{ tbl: string }>(looks.join(' union all '), [words.map((word) => `%${word}%`)])
  return rows.map(({ tbl }) => tbl).toSorted()
}

async function columnsOf(owner: pg.Client): Promise<Column[]> {
  const { rows } = await owner.query<Column>(
    `select n.nspname || '.' || c.relname as tbl, a.attname as col, format_type(a.atttypid, null) as type,
       pn.nspname || '.' || pc.relname as parent, pa.attname as "parentColumn",
       exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p' and a.attnum = any(k.conkey)
         and cardinality(k.conkey) = 2) as key
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     left join lateral (
       select k.confrelid, k.confkey[array_position(k.conkey, a.attnum)] as place from pg_constraint k
       where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any(k.conkey) and a.attname <> 'area'
       order by cardinality(k.conkey), k.conname limit 1) f on true
     left join pg_class pc on pc.oid = f.confrelid
     left join pg_namespace pn on pn.oid = pc.relnamespace
     left join pg_attribute pa on pa.attrelid = f.confrelid and pa.attnum = f.place
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')
       and exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'area' and o.attnotnull)
       and not exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'area' and o.attidentity <> '')
     order by 1, a.attnum`,
  )
  return rows
}

/** The ids that name something of a person by what they are called, whether they have a key or not. */
const personal: Readonly<Record<string, string>> = {
  ...{ person: 'people.person', episode: 'episode.episode', referral: 'referral.referral' },
  ...{ appointment: 'appointment.appointment', assessment: 'assessment.assessment', contact: 'contact.contact' },
}

/** The tables whose rows are somebody's: what refers to a person however far away, and what is called after them. */
export async function belongings(owner: pg.Client): Promise<string[]> {
  const columns = await columnsOf(owner)
  const theirs = new Set(['people.person'])
  for (let before = 0; before < theirs.size;) {
    before = theirs.size
    for (const { tbl, col, type, parent } of columns)
      if ((parent !== null && theirs.has(parent)) || (type === 'uuid' && col in personal)) theirs.add(tbl)
  }
  return [...theirs].toSorted()
}

/**
 * Every id without a key in tables of an area whose rows do not go with a person: something of theirs may stand in it.
 * What ends in "by" is a member everywhere.
 */
export async function columnsWithoutKey(owner: pg.Client): Promise<string[]> {
  const { rows: known } = await owner.query<{ name: string }>(`select tbl || '.' || col as name from erasure.mention`)
  const mentioned = new Set(known.map(({ name }) => name))
  const theirs = await belongings(owner)
  return (await columnsOf(owner))
    .filter(({ tbl, type, parent, key }) => type === 'uuid' && parent === null && !key && !theirs.includes(tbl))
    .filter(({ col }) => !/(^|_)by$/.test(col))
    .map(({ tbl, col }) => `${tbl}.${col}`)
    .filter((name) => !mentioned.has(name))
}

/** How many rows each of these tables has. */
export async function countRows(owner: pg.Client, tables: readonly string[]): Promise<Record<string, number>> {
  const looks = tables.map((tbl) => `select '${tbl}' as tbl, count(*)::integer as rows from ${tbl}`)
  const { rows } = await owner.query<{ tbl: string; rows: number }>(looks.join(' union all '))
  return Object.fromEntries(rows.map(({ tbl, rows: count }) => [tbl, count]))
}

/**
 * Writes one row into each of these tables, all about one person and referring to each other as their keys say, with the
 * mark in every text: tables that no story of the tests has reached yet are found here. Gives the person.
 */
export async function fillTables(owner: pg.Client, area: string, tables: readonly string[]): Promise<string> {
  const columns = await columnsOf(owner)
  const byTable = Map.groupBy(columns, ({ tbl }) => tbl)
  const given = new Map<string, string>()
  const valueOf = (tbl: string, col: string): string | null => {
    if (col === 'area') return area
    const column = byTable.get(tbl)?.find((one) => one.col === col)
    if (!column) return null
    const { parent, parentColumn, type } = column
    if (parent !== null && parentColumn !== null && parent !== tbl) return valueOf(parent, parentColumn) ?? mark
    if (parent === tbl && parentColumn !== null && parentColumn !== col) return valueOf(tbl, parentColumn)
    const whose = personal[col]
    // What the person's own row refers to is made before it: a referral has the id of its reference.
    if (whose !== undefined && !byTable.get(whose)?.some((one) => one.parent === tbl)) return valueOf(whose, 'id')
    const name = `${tbl}.${col}`
    const value = given.get(name) ?? anyOf(type)
    given.set(name, value)
    return value
  }
  const { rows: checks } = await owner.query<{ drop: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop from pg_constraint
     where contype = 'c' and conrelid <> 0`,
  )
  for (const { drop } of checks) await owner.query(drop)
  // What they refer to beside the person (a member, a batch) need not be there.
  await owner.query('set session_replication_role = replica')
  for (const [tbl, own] of byTable) {
    if (!tables.includes(tbl)) continue
    const names = own.map(({ col }) => `"${col}"`).join(', ')
    const places = own.map(({ type }, place) => `$${place + 1}::${type}`).join(', ')
    await owner.query(
      `insert into ${tbl} (${names}) overriding system value values (${places})`,
      own.map(({ col }) => valueOf(tbl, col)),
    )
  }
  await owner.query('set session_replication_role = origin')
  return valueOf('people.person', 'id') ?? ''
}

function anyOf(type: string): string {
  if (type === 'uuid') return randomUUID()
  if (type === 'uuid[]') return `{${randomUUID()}}`
  if (type === 'integer[]') return '{1}'
  if (type.endsWith('[]')) return `{${mark}}`
  if (type === 'json') return `[{"number": 1, "cells": ["${mark}"]}]`
  if (type === 'jsonb') return `{"said": "${mark}"}`
  if (type === 'boolean') return 'false'
  if (type === 'bytea') return '\\x00'
  if (type === 'date' || type.startsWith('timestamp')) return '2020-01-01'
  if (type === 'tstzrange') return '[2020-01-01, 2020-01-02)'
  return ['integer', 'bigint', 'double precision', 'numeric', 'smallint'].includes(type) ? '1' : mark
}
