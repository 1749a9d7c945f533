import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf, longDay } from '#platform/dates.ts'
import { id, optionalText } from '#platform/form/fields.ts'
import { blank, type FormState, type Problem } from '#platform/form/rules.ts'
import type { Answer } from '#platform/http/answer.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findSettings } from '#registers/areas/store.ts'
import { listOrganisations } from '#registers/organisations/store.ts'
import type { Chosen } from '#exchange/files/columns/rules.ts'
import { writtenLine } from '#exchange/files/reading/import.ts'
import { keepParcel, type Opened, openSent, type Sent, wrongIn } from './import.ts'
import { Found, type FoundSheet } from './pages/found.tsx'
import { ColumnsPage, NotYours, Sending } from './pages/sending.tsx'
import * as rules from './rules.ts'
import { findLines, findParcel, findSentBefore, type FoundParcel, listSheets } from './store.ts'

const who = rules.bringers
const sending = { id: id('Open this page again'), source: optionalText(100) }

/** A trial of a parcel that somebody begins, with the columns they chose for each file. */
type Beginning = Readonly<{
  area: string
  trial: string
  parcel: string
  by: string
  now: Temporal.Instant
  chosen: ReadonlyMap<string, Chosen<string>>
}>

/** Sending files, and seeing what was found in them before anything else happens. A later stage tries every row. */
export const parcelRoutes =
  (beginTrial: (db: Db, beginning: Beginning) => Promise<void>) =>
  async (app: App): Promise<void> => {
    sendingRoutes(app)
    lookingRoutes(app, beginTrial)
  }

function sendingRoutes(app: App): void {
  app.get('/imports/:kind', { who, verb: 'edit' }, async ({ db, actor, today, params }, reply) => {
    const known = knownAs(params.kind)
    const closed = await closedTo(db, actor, today)
    if (closed) return reply.code(403).page(<NotYours {...closed} />)
    return reply.page(<Sending kind={known.kind} bringable={known} id={newId()} {...blank} />)
  })
  app.get('/imports/:kind/columns', { who }, async ({ params }, reply) => {
    const known = knownAs(params.kind)
    return reply.page(<ColumnsPage kind={known.kind} bringable={known} />)
  })
  app.get('/imports/:kind/:sheet/template.csv', { who }, async ({ params }, reply) => {
    const file = knownAs(params.kind).files[params.sheet]
    if (!file) throw new NotFound()
    const labels = Object.values(file.columns.columns).map(({ label }) => label)
    return reply.file(`${params.sheet}.csv`, `\uFEFF${writtenLine(labels)}`, 'text/csv; charset=utf-8')
  })
  const taking = { who, verb: 'edit', form: sending, upload: rules.mostBytes } as const
  app.post('/imports/:kind', taking, async (request, reply) => {
    const { db, area, actor, now, today, params, form, files } = request
    const known = knownAs(params.kind)
    const closed = await closedTo(db, actor, today)
    if (closed) return reply.code(403).page(<NotYours {...closed} />)
    const { opened, problems } = await openAll(known.kind, files['file'] ?? [])
    if (!form.ok || problems.length > 0) {
      const state = { typed: form.typed, problems: [...problems, ...form.problems] }
      return reply.code(422).page(<Sending kind={known.kind} bringable={known} id={newId()} {...state} />)
    }
    const parcel = { area, id: form.value.id, kind: known.kind, source: form.value.source ?? '' }
    await keepParcel(db, { ...parcel, organisation: actor.organisation, by: actor.membership, now }, opened)
    const codes = { kind: known.kind, files: opened.length, rows: opened.reduce((all, { rows }) => all + rows, 0) }
    await request.act('parcel.sent', { subject: parcel.id, codes })
    return reply.redirect(`/imports/parcels/${parcel.id}`)
  })
}

const trying = { id: id('Open this page again') }

/** Looking into what was sent, and again with other columns, until every row is tried with them. */
function lookingRoutes(app: App, beginTrial: (db: Db, beginning: Beginning) => Promise<void>): void {
  const path = '/imports/parcels/:parcel'
  app.get(path, { who, verb: 'edit', reads: 'list' }, async (request, reply) => {
    const parcel = await parcelAsked(request.db, request.actor, request.params.parcel)
    await request.read('parcel.opened', { subject: parcel.id })
    return found(request, reply, parcel)
  })
  app.post(path, { who, verb: 'edit', form: {} }, async (request, reply) => {
    const parcel = await parcelAsked(request.db, request.actor, request.params.parcel)
    await request.read('parcel.opened', { subject: parcel.id })
    return found(request, reply, parcel, { typed: request.form.typed, problems: [] })
  })
  app.post(`${path}/trials`, { who, verb: 'edit', form: trying }, async (request, reply) => {
    const { db, area, actor, now, params, form } = request
    const parcel = await parcelAsked(db, actor, params.parcel)
    const sheets = await listSheets(db, { area, parcel: parcel.id })
    const chosen = new Map(sheets.map((sheet) => [sheet.sheet, rules.chosenIn(parcel.kind, sheet, form.typed)]))
    const problems = sheets.flatMap((one) => rules.columnProblems(parcel.kind, one, chosen.get(one.sheet) ?? []))
    if (!form.ok || problems.length > 0)
      return found(request, reply.code(422), parcel, { typed: form.typed, problems: [...problems, ...form.problems] })
    const trial = form.value.id
    await beginTrial(db, { area, trial, parcel: parcel.id, by: actor.membership, now, chosen })
    await request.act('parcel.tried', { subject: trial, codes: { parcel: parcel.id } })
    return reply.redirect(`/imports/trials/${trial}`)
  })
}

function knownAs(code: string) {
  const known = rules.bringableAs(code)
  if (!known) throw new NotFound()
  return known
}

/** Who receives referrals, where it is not the reader's organisation; undefined where it is. */
async function closedTo(db: Db, actor: Actor, today: Temporal.PlainDate) {
  const { receivingOrganisation } = await findSettings(db, actor.area, today)
  if (rules.mayBringIn(actor, receivingOrganisation)) return undefined
  const organisations = await listOrganisations(db, actor.area, today)
  return { receives: organisations.find((one) => one.id === receivingOrganisation)?.name }
}

/** Looks through the files that were sent, and says everything that is wrong with them. */
async function openAll(kind: rules.BringableKind, files: readonly Sent[]) {
  const opened: Opened[] = []
  const problems: Problem[] = []
  const say = (message: string) => problems.push({ field: 'file', message })
  if (files.length === 0) say('Choose the file to send')
  if (kind === 'referrals' && files.length > 1) say('Send one file. Send the others after it')
  for (const sent of files.slice(0, kind === 'referrals' ? 1 : files.length)) {
    const sheet = rules.fileCalled(kind, sent.name)
    const other = opened.find((one) => one.sheet === sheet)
    const one = sheet === undefined ? noSuchFile(kind, sent.name) : await openOne(kind, sheet, sent)
    if (other) say(`${other.file.source.name} and ${sent.name} are both ${other.sheet}: send one of them`)
    else if (typeof one === 'string') say(one)
    else opened.push(one)
  }
  return { opened, problems }
}

async function openOne(kind: rules.BringableKind, sheet: string, sent: Sent): Promise<Opened | string> {
  const most = `${rules.mostBytes / 1_000_000} MB`
  if (!sent.isTooLarge) return openSent(kind, sheet, sent)
  if (kind === 'referrals') return `${sent.name} is larger than ${most}: split it and send one part after the other`
  return `With ${sent.name} the files are larger than ${most} together: send it by itself after the others`
}

function noSuchFile(kind: rules.BringableKind, name: string): string {
  const files = Object.keys(rules.bringable[kind].files).map((sheet) => `${sheet}.csv`)
  return `${name} is none of the files that are read: give it one of these names: ${files.join(', ')}`
}

/** A parcel of the reader's organisation whose rows are still there. */
async function parcelAsked(db: Db, actor: Actor, asked: string): Promise<FoundParcel> {
  const parcel = await findParcel(db, actor, asked)
  if (!parcel || parcel.emptied_at) throw new NotFound()
  return parcel
}

type Looking = Readonly<{ db: Db; area: string; now: Temporal.Instant; today: Temporal.PlainDate }>

async function found(looking: Looking, reply: Answer, parcel: FoundParcel, state: FormState = blank) {
  const { db, area, today } = looking
  const sheets = rules.inOrder(parcel.kind, await listSheets(db, { area, parcel: parcel.id }))
  const shown = await Promise.all(sheets.map((sheet) => sheetShown(looking, parcel, { ...sheet, typed: state.typed })))
  const missing = shown.flatMap((sheet) => rules.columnProblems(parcel.kind, sheet, sheet.chosen))
  const { keepFilesDays } = await findSettings(db, area, today)
  const until = longDay(dayOf(parcel.sent_at).add({ days: keepFilesDays }))
  const of = { parcel: parcel.id, trial: newId(), sheets: shown, source: parcel.source, until }
  return reply.page(<Found {...of} {...state} missing={missing.map(({ message }) => message)} />)
}

type AsSent = Awaited<ReturnType<typeof listSheets>>[number] & Pick<FormState, 'typed'>

async function sheetShown({ db, area, now }: Looking, parcel: FoundParcel, sheet: AsSent): Promise<FoundSheet> {
  const { typed, digest, ...own } = sheet
  const chosen = rules.chosenIn(parcel.kind, sheet, typed)
  const of = { area, parcel: parcel.id }
  const lines = (await findLines(db, { ...of, sheet: sheet.sheet, part: 0 })) ?? []
  const { kind, source } = parcel
  const wrong = await wrongIn(db, { ...{ area, now, chosen, kind, source }, ...own }, lines)
  const before = await findSentBefore(db, of, digest)
  return {
    ...{ ...own, chosen, known: rules.columnsIn(parcel.kind, sheet.sheet), looked: lines.length },
    examples: sheet.headings.map((_, place) => rules.exampleIn(lines, place)),
    ...{ wrong: wrong.size, faults: rules.faultsIn(wrong) },
    isMissing: rules.columnProblems(kind, sheet, chosen).length > 0,
    sentBefore: before && longDay(dayOf(before.sent_at)),
  }
}
