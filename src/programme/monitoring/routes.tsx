import type { Actor } from '#platform/access/rules.ts'
import { dayOf } from '#platform/dates.ts'
import { choice, optionalChoice, optionalText } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { breakdowns, cellLabel, items, monthFrom, monthsBack } from '#programme/counting/rules.ts'
import { BehindNumber } from './pages/list.tsx'
import { Month } from './pages/month.tsx'
import { fileOf, monitoringOf, policyFor } from './rules.ts'
import { type Behind, countBehind, countMonth, listBehind, type Place } from './store.ts'

const listers = ['senior-coach', 'service-manager', 'administrator'] as const
const readers = [...listers, 'area-lead', 'council-lead', 'national-team', 'evaluator'] as const

const pageLength = 50

/** A month in numbers, the people behind each, and the same as a file. */
export async function monitoringRoutes(app: App): Promise<void> {
  const query = { month: optionalText(7) }
  app.get('/monitoring', { who: readers, verb: 'list', query }, async ({ db, actor, today, query: asked }, reply) => {
    const month = monthAsked(asked.month, today)
    const figures = await countMonth(db, actor, month)
    const policy = policyFor(actor.role)
    return reply.page(
      <Month
        monitoring={monitoringOf(figures, policy)}
        month={month.toString()}
        months={Object.fromEntries(monthsBack(today).map((one) => [one.toString(), { label: monthInWords(one) }]))}
        reach={reachOf(actor)}
        unfinished={month.equals(today.toPlainYearMonth())}
      />,
    )
  })
  app.get('/monitoring.csv', { who: readers, verb: 'list', query }, async (request, reply) => {
    const { db, actor, today } = request
    const month = monthAsked(request.query.month, today)
    const monitoring = monitoringOf(await countMonth(db, actor, month), policyFor(actor.role))
    const about = { month: month.toString(), area: actor.area }
    await request.read('monitoring.file', { codes: { month: about.month, rule: monitoring.policy } })
    return reply.file(
      `monitoring-${about.area}-${about.month}.csv`,
      fileOf(monitoring, about),
      'text/csv; charset=utf-8',
    )
  })
  listRoute(app)
}

function listRoute(app: App): void {
  const query = {
    month: optionalText(7),
    item: choice(items, 'Choose a number'),
    by: optionalChoice(breakdowns),
    is: optionalText(200),
    after: optionalText(80),
  }
  app.get('/monitoring/lists', { who: listers, verb: 'list', reads: 'list', query }, async (request, reply) => {
    const { db, actor, today } = request
    const month = monthAsked(request.query.month, today)
    const wanted = wantedOf(month, request.query)
    const { item, part } = wanted
    const [{ count, listed }, found] = await Promise.all([
      countBehind(db, actor, wanted),
      listBehind(db, actor, wanted, { after: placeFrom(request.query.after), most: pageLength + 1 }),
    ])
    const shown = found.slice(0, pageLength)
    const last = found.length > pageLength ? shown.at(-1) : undefined
    await request.read('monitoring.list', {
      codes: { month: month.toString(), item, by: part?.breakdown ?? null, shown: shown.map(({ person }) => person) },
    })
    return reply.page(
      <BehindNumber
        title={
          part ? `${breakdowns[part.breakdown].label}: ${cellLabel(part.breakdown, part.cell)}` : items[item].label
        }
        month={{ value: month.toString(), label: monthInWords(month) }}
        definition={items[item].definition}
        when={items[item].when}
        people={shown.map((row) => ({ ...row, on: dayOf(row.at), receivedOn: dayOf(row.received_at) }))}
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

function wantedOf(
  month: Temporal.PlainYearMonth,
  { item, by, is }: { item: Behind['item']; by: keyof typeof breakdowns | null; is: string | null },
): Behind {
  if (by === null || is === null) return { item, month, part: undefined }
  if (breakdowns[by].of !== item) throw new NotFound()
  return { item, month, part: { breakdown: by, cell: is } }
}

function reachOf(actor: Actor): string {
  return policyFor(actor.role) === 'exact' ? actor.organisationName : actor.areaName
}

function monthInWords(month: Temporal.PlainYearMonth): string {
  return month.toPlainDate({ day: 1 }).toLocaleString('en-GB', { month: 'long', year: 'numeric' })
}

function nextPage({ item, month, part }: Behind, last: { at: Temporal.Instant; episode: string }): string {
  const query = new URLSearchParams({ month: month.toString(), item, after: `${last.at.toString()}~${last.episode}` })
  if (part) {
    query.set('by', part.breakdown)
    query.set('is', part.cell)
  }
  return `/monitoring/lists?${query.toString()}`
}

function placeFrom(after: string | null): Place | undefined {
  const [at = '', episode = ''] = after?.split('~') ?? []
  if (!/^[0-9a-f-]{36}$/.test(episode)) return undefined
  try {
    return { at: Temporal.Instant.from(at), episode }
  } catch {
    return undefined
  }
}
