import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { choice, optionalChoice, optionalText } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { breakdowns, cellLabel } from '#programme/breakdown/rules.ts'
import { type Behind, countFigures } from '#programme/breakdown/store.ts'
import { items, lastDayOf, monthFrom, monthInWords, monthsBack } from '#programme/counting/rules.ts'
import { type About, dictionary, fileOf, linesOf } from '#programme/download/rules.ts'
import { type Release, releaseOf } from '#programme/release/rules.ts'
import { findSettings } from '#registers/areas/store.ts'
import { BehindNumber } from './pages/list.tsx'
import { Month } from './pages/month.tsx'
import { listAddress, mayList, type Part, standsInside } from './rules.ts'
import { countBehind, listBehind, type Listed, type Place } from './store.ts'

const listers = ['senior-coach', 'service-manager', 'administrator'] as const
const readers = [...listers, 'area-lead', 'council-lead', 'national-team', 'evaluator'] as const

const pageLength = 50

/** A month in numbers, the people behind each, and the same as files. */
export async function monitoringRoutes(app: App): Promise<void> {
  const query = { month: optionalText(7) }
  app.get('/monitoring', { who: readers, verb: 'list', query }, async ({ db, actor, today, query: asked }, reply) => {
    const month = monthAsked(asked.month, today)
    return reply.page(
      <Month
        release={await releaseFor(db, actor, month, today)}
        month={month.toString()}
        months={Object.fromEntries(monthsBack(today).map((one) => [one.toString(), { label: monthInWords(one) }]))}
        reach={reachOf(actor)}
        opens={mayList(actor.role)}
        unfinished={month.equals(today.toPlainYearMonth())}
      />,
    )
  })
  app.get('/monitoring.csv', { who: readers, verb: 'list', query }, async (request, reply) => {
    const month = monthAsked(request.query.month, request.today)
    const { release, about } = await downloadFor(request, month)
    await request.read('monitoring.file', { codes: { month: about.month, below: release.below, form: 'csv' } })
    return reply.file(nameOf(about, 'csv'), fileOf(linesOf(release, about)), 'text/csv; charset=utf-8')
  })
  app.get('/monitoring.json', { who: readers, verb: 'list', query }, async (request, reply) => {
    const month = monthAsked(request.query.month, request.today)
    const { release, about } = await downloadFor(request, month)
    await request.read('monitoring.file', { codes: { month: about.month, below: release.below, form: 'json' } })
    const whole = { ...about, numbers: linesOf(release, about), dictionary: dictionary(release.below) }
    return reply.file(nameOf(about, 'json'), JSON.stringify(whole, null, 2), 'application/json')
  })
  app.get('/monitoring/dictionary.json', { who: readers }, async ({ db, area, today }, reply) => {
    const { hideBelow } = await findSettings(db, area, today)
    return reply.file('monitoring-dictionary.json', JSON.stringify(dictionary(hideBelow), null, 2), 'application/json')
  })
  listRoute(app)
}

type Asking = Readonly<{ db: Db; actor: Actor; today: Temporal.PlainDate }>

async function downloadFor({ db, actor, today }: Asking, month: Temporal.PlainYearMonth) {
  const about: About = { month: month.toString(), area: actor.area, state: 'live' }
  return { about, release: await releaseFor(db, actor, month, today) }
}

const nameOf = ({ area, month }: About, ending: string): string => `monitoring-${area}-${month}.${ending}`

/** A month as this reader may see it. The rule for small numbers is the one in force when the month ended. */
async function releaseFor(
  db: Db,
  actor: Actor,
  month: Temporal.PlainYearMonth,
  today: Temporal.PlainDate,
): Promise<Release> {
  const [figures, now, then] = await Promise.all([
    countFigures(db, actor, month),
    findSettings(db, actor.area, today),
    findSettings(db, actor.area, lastDayOf(month)),
  ])
  return releaseOf(figures, { below: standsInside(actor.role, now) ? 0 : then.hideBelow })
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

function reachOf(actor: Actor): string {
  return mayList(actor.role) ? actor.organisationName : actor.areaName
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
