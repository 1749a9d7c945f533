import { dayOf, monthInWords } from '#platform/dates.ts'
import { choice, optionalChoice, optionalText } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { breakdowns, cellLabel } from '#programme/breakdown/rules.ts'
import type { Behind } from '#programme/breakdown/store.ts'
import { items, monthFrom, monthsBack } from '#programme/counting/rules.ts'
import { type About, dictionary, fileOf, linesOf } from '#programme/download/rules.ts'
import { mayList } from '#programme/return/rules.ts'
import { findSettings } from '#registers/areas/store.ts'
import { BehindNumber } from './pages/list.tsx'
import { Month } from './pages/month.tsx'
import { Unsigned } from './pages/unsigned.tsx'
import { listAddress, type Part } from './rules.ts'
import { type Asking, countBehind, findMonth, listBehind, type Listed, type Place } from './store.ts'

const listers = ['senior-coach', 'service-manager', 'administrator'] as const
const readers = [...listers, 'area-lead', 'council-lead', 'national-team', 'evaluator'] as const

const enterers = ['service-manager', 'area-lead'] as const

const pageLength = 50

/** A month in numbers, the people behind each, and the same as files. */
export async function monitoringRoutes(app: App): Promise<void> {
  const query = { month: optionalText(7), as: optionalChoice({ signed: true }) }
  app.get('/monitoring', { who: readers, verb: 'list', query }, async (request, reply) => {
    const { actor, today } = request
    const found = await readMonth(request, { asked: request.query.month, signed: request.query.as !== null })
    const month = found.month.toString()
    const months = monthsFor(today, found.signed)
    if (!found.shown) {
      const signed = Object.entries(months).filter(([value]) => found.signed.some((one) => one.toString() === value))
      const named = signed.map(([value]) => ({ value, label: monthInWords(Temporal.PlainYearMonth.from(value)) }))
      return reply.page(
        <Unsigned
          month={{ value: month, label: monthInWords(found.month) }}
          months={months}
          areaName={actor.areaName}
          signed={named}
        />,
      )
    }
    return reply.page(
      <Month
        release={found.shown.release}
        state={found.shown.state}
        month={{ value: month, label: monthInWords(found.month) }}
        months={months}
        reach={mayList(actor.role) ? actor.organisationName : actor.areaName}
        opens={mayList(actor.role)}
        enters={enterers.some((role) => role === actor.role)}
        unfinished={found.month.equals(today.toPlainYearMonth())}
      />,
    )
  })
  app.get('/monitoring.csv', { who: readers, verb: 'list', query }, async (request, reply) => {
    const { release, about } = await downloadFor(request, request.query)
    await request.read('monitoring.file', { codes: { ...about, below: release.below, form: 'csv' } })
    return reply.file(nameOf(about, 'csv'), fileOf(linesOf(release, about)), 'text/csv; charset=utf-8')
  })
  app.get('/monitoring.json', { who: readers, verb: 'list', query }, async (request, reply) => {
    const { release, about } = await downloadFor(request, request.query)
    await request.read('monitoring.file', { codes: { ...about, below: release.below, form: 'json' } })
    const whole = { ...about, numbers: linesOf(release, about), dictionary: dictionary(release.below) }
    return reply.file(nameOf(about, 'json'), JSON.stringify(whole, null, 2), 'application/json')
  })
  app.get('/monitoring/dictionary.json', { who: readers }, async ({ db, area, today }, reply) => {
    const { hideBelow } = await findSettings(db, area, today)
    return reply.file('monitoring-dictionary.json', JSON.stringify(dictionary(hideBelow), null, 2), 'application/json')
  })
  listRoute(app)
}

type AskedMonth = Readonly<{ month: string | null; as: 'signed' | null }>

async function downloadFor(request: Asking, { month: asked, as }: AskedMonth) {
  const { month, shown } = await readMonth(request, { asked, signed: as !== null })
  if (!shown) throw new NotFound()
  const { release, state } = shown
  const stands = state.shows === 'live' ? 'live' : `signed-${state.signed?.version ?? 1}`
  const about: About = { month: month.toString(), area: request.actor.area, state: stands }
  return { about, release }
}

async function readMonth(request: Asking, wanted: Parameters<typeof findMonth>[1]) {
  const found = await findMonth(request, wanted)
  if (!found) throw new NotFound()
  return found
}

const nameOf = ({ area, month }: About, ending: string): string => `monitoring-${area}-${month}.${ending}`

/** The months that can be chosen, with those that are signed marked. */
function monthsFor(today: Temporal.PlainDate, signed: readonly Temporal.PlainYearMonth[]) {
  const named = (month: Temporal.PlainYearMonth) =>
    signed.some((one) => one.equals(month)) ? `${monthInWords(month)}, signed` : monthInWords(month)
  return Object.fromEntries(monthsBack(today).map((month) => [month.toString(), { label: named(month) }]))
}

function listRoute(app: App): void {
  const query = {
    month: optionalText(7),
    item: choice(items, 'Choose a number'),
    by: optionalChoice(breakdowns),
    is: optionalText(200),
    lacks: optionalText(200),
    and: optionalChoice(breakdowns),
    being: optionalText(200),
    after: optionalText(80),
  }
  app.get('/monitoring/lists', { who: listers, verb: 'list', reads: 'list', query }, async (request, reply) => {
    const { db, actor, today } = request
    const month = monthAsked(request.query.month, today)
    const wanted: Behind = { item: request.query.item, month, parts: partsOf(request.query) }
    const { item, parts } = wanted
    const [{ count, listed }, found] = await Promise.all([
      countBehind(db, actor, wanted),
      listBehind(db, actor, wanted, { after: placeFrom(request.query.after), most: pageLength + 1 }),
    ])
    const shown = found.slice(0, pageLength)
    const last = found.length > pageLength ? shown.at(-1) : undefined
    const people = [...new Set(shown.map(({ person }) => person))]
    await request.read('monitoring.list', {
      codes: { month: month.toString(), item, by: parts.map(({ breakdown }) => breakdown), shown: people },
    })
    return reply.page(
      <BehindNumber
        title={titleOf(wanted)}
        month={{ value: month.toString(), label: monthInWords(month) }}
        item={item}
        definitions={[items[item].definition, ...parts.map(({ breakdown }) => breakdowns[breakdown].definition)]}
        rows={shown.map((row) => ({ ...row, on: dayOf(row.at), receivedOn: dayOf(row.received_at) }))}
        {...{ count, listed }}
        next={last && nextPage(wanted, last)}
      />,
    )
  })
}

function monthAsked(asked: string | null, today: Temporal.PlainDate): Temporal.PlainYearMonth {
  const month = monthFrom(asked, today)
  if (!month) throw new NotFound()
  return month
}

type AskedParts = Readonly<{
  item: Behind['item']
  by: keyof typeof breakdowns | null
  is: string | null
  lacks: string | null
  and: keyof typeof breakdowns | null
  being: string | null
}>

/** The cells a list is asked for: each must be one of the item's own. */
function partsOf({ item, by, is, lacks, and, being }: AskedParts): Part[] {
  const parts = [
    by && (is ?? lacks) !== null ? [{ breakdown: by, cell: is ?? lacks ?? '', without: is === null }] : [],
    and && being !== null ? [{ breakdown: and, cell: being, without: false }] : [],
  ].flat()
  if (parts.some(({ breakdown }) => breakdowns[breakdown].of !== item)) throw new NotFound()
  return parts
}

function titleOf({ item, parts }: Behind): string {
  const [first, ...more] = parts
  if (!first) return items[item].label
  const named = [first, ...more].map(({ breakdown, cell, without }) =>
    without ? `without ${cellLabel(breakdown, cell)}` : cellLabel(breakdown, cell),
  )
  return `${breakdowns[first.breakdown].label}: ${named.join(', ')}`
}

function nextPage({ item, month, parts }: Behind, last: Listed): string {
  return `${listAddress(month.toString(), item, parts)}&after=${encodeURIComponent(`${last.at.toString()}~${last.id}`)}`
}

function placeFrom(after: string | null): Place | undefined {
  const [at = '', id = ''] = after?.split('~') ?? []
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  try {
    return { at: Temporal.Instant.from(at), id }
  } catch {
    return undefined
  }
}
