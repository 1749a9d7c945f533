import { monthInWords } from '#platform/dates.ts'
import { optionalChoice, optionalText, optionalWholeNumber } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { stateOf } from '#journey/fit-note-request/rules.ts'
import { lastDayOf, monthFrom, monthsBack } from '#programme/counting/rules.ts'
import { spreadsheetOf } from '#programme/download/rules.ts'
import { mayList, standsInside } from '#programme/return/rules.ts'
import { findSettings } from '#registers/areas/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findTrailblazer } from '#registers/trailblazer/store.ts'
import { FitNoteCounts } from './pages/counts.tsx'
import { BehindCount } from './pages/list.tsx'
import { askings, cameOf, columns, linesOf, titleOf, toldOf, waits, type Wanted } from './rules.ts'
import { type Asking, countRequestsAsked, listBehindCount } from './store.ts'

const listers = ['senior-coach', 'service-manager', 'administrator'] as const
const readers = [...listers, 'area-lead'] as const
const address = '/fit-note-requests/counts'
const pageLength = 50

/** How many people asked for a fit note in a month, what came of it, and how long they waited. */
export async function fitNoteCountRoutes(app: App): Promise<void> {
  const query = { month: optionalText(7) }
  app.get(address, { who: readers, verb: 'list', query }, async (request, reply) => {
    const { db, area, actor, today } = request
    const { month, year } = await findYear(request, request.query.month)
    const [shown] = year
    if (!shown) throw new NotFound()
    const { trailblazer } = await findTrailblazer(db, area, today)
    const { told, below } = shown
    await request.read('fit-note-request.counts', { codes: { month: month.toString(), below } })
    return reply.page(
      <FitNoteCounts
        month={named(month)}
        months={Object.fromEntries(monthsBack(today).map((one) => [one.toString(), { label: monthInWords(one) }]))}
        year={year.map((line) => ({ ...named(line.month), told: line.told }))}
        reach={mayList(actor.role) ? actor.organisationName : actor.areaName}
        opens={mayList(actor.role)}
        unfinished={month.equals(today.toPlainYearMonth())}
        {...{ told, below, trailblazer }}
      />,
    )
  })
  app.get(`${address}.csv`, { who: readers, verb: 'list', query }, async (request, reply) => {
    const { area } = request
    const { month, year } = await findYear(request, request.query.month)
    const lines = year.flatMap(({ told, below, ...one }) => linesOf(told, { month: one.month.toString(), area, below }))
    const below = Math.max(...year.map((one) => one.below))
    await request.read('fit-note-request.counts-file', { codes: { month: month.toString(), below } })
    return reply.file(
      `fit-note-requests-${area}-${month.toString()}.csv`,
      spreadsheetOf(columns, lines),
      'text/csv; charset=utf-8',
    )
  })
  listRoute(app)
}

const named = (month: Temporal.PlainYearMonth) => ({ value: month.toString(), label: monthInWords(month) })

/**
 * The month that was asked for and the eleven before it, the newest first, each as this reader may see it. The rule
 * for small numbers is the one in force when a month ended, so that it is the same whenever somebody looks.
 */
async function findYear({ db, area, actor, today }: Asking, asked: string | null) {
  const month = monthFrom(asked, today)
  if (!month) throw new NotFound()
  const months = Array.from({ length: 12 }, (_, earlier) => month.subtract({ months: earlier }))
  const period = { from: month.subtract({ months: 11 }).toPlainDate({ day: 1 }), until: lastDayOf(month) }
  const inside = standsInside(actor.role, await findSettings(db, area, today))
  const [counted, belows] = await Promise.all([
    countRequestsAsked(db, actor, period),
    Promise.all(months.map(async (one) => (inside ? 0 : (await findSettings(db, area, lastDayOf(one))).hideBelow))),
  ])
  const year = months.map((one, place) => {
    const below = belows[place] ?? 0
    return {
      month: one,
      below,
      told: toldOf(
        counted.filter((row) => row.month === one.toString()),
        below,
      ),
    }
  })
  return { month, year }
}

function listRoute(app: App): void {
  const query = {
    month: optionalText(7),
    is: optionalChoice({ ...cameOf, held: true }),
    practice: optionalText(120),
    wait: optionalChoice(waits),
    asked: optionalChoice(askings),
    page: optionalWholeNumber(1, 10_000),
  }
  app.get(`${address}/list`, { who: listers, verb: 'list', reads: 'list', query }, async (request, reply) => {
    const { today } = request
    const month = monthFrom(request.query.month, today)
    if (!month) throw new NotFound()
    const { page, wanted } = narrowed(request.query)
    const behind = { from: month.toPlainDate({ day: 1 }), until: lastDayOf(month), ...wanted }
    const found = await listBehindCount(request, behind, { from: (page - 1) * pageLength, most: pageLength })
    const people = [...new Set(found.rows.map(({ person }) => person))]
    await request.read('fit-note-request.behind', { codes: { month: month.toString(), ...wanted, shown: people } })
    return reply.page(
      <BehindCount
        title={titleOf(wanted)}
        month={named(month)}
        rows={found.rows.map(({ what, holdBy, ...row }) => ({
          ...{ ...row, name: calledName(row) },
          state: stateOf({ takenBack: null, holdBy, result: what === null ? undefined : { what } }, today),
        }))}
        {...{ wanted, page, count: found.count, listed: found.listed, pages: Math.ceil(found.listed / pageLength) }}
      />,
    )
  })
}

type AskedFor = Readonly<
  { [Name in keyof Wanted]-?: Exclude<Wanted[Name], undefined> | null } & { page: number | null }
>

/** What a list is narrowed down to, without what nobody asked for. */
function narrowed({ page, ...asked }: AskedFor) {
  const { is, practice, wait, asked: asking } = asked
  const wanted: Wanted = {
    ...(is && { is }),
    ...(practice !== null && { practice }),
    ...(wait && { wait }),
    ...(asking && { asked: asking }),
  }
  return { page: page ?? 1, wanted }
}
