import type { Db } from '#platform/database/transaction.ts'
import { day, optionalDay, optionalText, text } from '#platform/form/fields.ts'
import { blank, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { compactPostcode, writtenPostcode } from '#platform/postcode/rules.ts'
import { listMemberNames } from '#registers/membership/store.ts'
import { linesOf } from './import.ts'
import { Jobcentres, OfficeForm, UploadOffices } from './pages.tsx'
import { codeFor, isCode, type Office, officesIn, periodIsWrong, saidAnew } from './rules.ts'
import { findOffice, listOfficeHistory, listOffices, saveOffices } from './store.ts'

const keepers = ['administrator', 'service-manager', 'system-administrator', 'area-lead'] as const
const most = 1_000_000

const officeFields = {
  code: optionalText(40),
  name: text('Enter the name of the Jobcentre'),
  district: optionalText(),
  postcode: optionalText(10),
  from: day('Enter the day from which it is open'),
  until: optionalDay(),
  version: optionalText(40),
}

/** The Jobcentre offices of an area, dated: added one by one or from a list. */
export async function jobcentreRoutes(app: App): Promise<void> {
  app.get('/area/jobcentres', { who: keepers }, async ({ db, area, today }, reply) =>
    reply.page(<Jobcentres offices={await listOffices(db, area)} today={today} />),
  )
  app.get('/area/jobcentres/upload', { who: keepers }, async ({ today }, reply) =>
    reply.page(<UploadOffices {...blank} from={today} refused={[]} />),
  )
  uploadRoute(app)
  officeRoutes(app)
}

function uploadRoute(app: App): void {
  const form = { from: day('Enter the day from which the offices of the list are open') }
  app.post('/area/jobcentres/upload', { who: keepers, form, upload: most }, async (request, reply) => {
    const { db, area, today, actor, now, form: sent } = request
    const again = (problem: Problem) =>
      reply
        .code(422)
        .page(<UploadOffices typed={sent.typed} problems={[...sent.problems, problem]} from={today} refused={[]} />)
    if (!sent.ok) return reply.code(422).page(<UploadOffices {...sent} from={today} refused={[]} />)
    const [list] = request.files['list'] ?? []
    if (list?.isTooLarge) return again({ field: 'list', message: 'The list is too large: send it in several parts' })
    const lines = list ? linesOf(list) : chooseOne
    if (typeof lines === 'string') return again({ field: 'list', message: lines })
    const { offices, refused } = officesIn(lines, sent.value.from)
    if (offices.length === 0) {
      const [first] = refused
      return again({ field: 'list', message: first?.why ?? 'The list has no rows below its headings' })
    }
    const anew = saidAnew(offices, await listOffices(db, area))
    await saveOffices(db, anew, { area, by: actor.membership, at: now })
    await request.act('jobcentres.uploaded', { codes: { taken: anew.length, refused: refused.length } })
    if (refused.length > 0)
      return reply.page(<UploadOffices {...blank} from={today} refused={refused} taken={offices.length} />)
    request.flash(`${offices.length === 1 ? 'One Jobcentre' : `${offices.length} Jobcentres`} kept from the list.`)
    return reply.redirect('/area/jobcentres')
  })
}

const chooseOne = 'Choose a list of Jobcentres saved as CSV, with a line of headings and one line for each office'

function officeRoutes(app: App): void {
  app.get('/area/jobcentres/:office', { who: keepers }, async ({ db, area, today, params }, reply) => {
    if (params.office === 'new') return reply.page(<OfficeForm {...blank} today={today} office={undefined} />)
    const shown = await officeFor(db, area, params.office)
    return reply.page(<OfficeForm {...blank} today={today} {...shown} />)
  })
  app.post('/area/jobcentres/:office', { who: keepers, form: officeFields }, async (request, reply) => {
    const { db, area, today, form, actor, now, params } = request
    const isNew = params.office === 'new'
    const shown = isNew ? { office: undefined } : await officeFor(db, area, params.office)
    if (!form.ok) return reply.code(422).page(<OfficeForm {...form} today={today} {...shown} />)
    const { version, ...given } = form.value
    const office = officeFrom(given, shown.office?.code)
    const taken = isNew && (await findOffice(db, area, office.code)) !== undefined
    const problem = problemWith(office, given.postcode, taken)
    if (problem)
      return reply.code(422).page(<OfficeForm typed={form.typed} problems={[problem]} today={today} {...shown} />)
    if (shown.office && version !== shown.office.id)
      return reply.code(409).page(<OfficeForm {...form} today={today} {...shown} />)
    await saveOffices(db, [office], { area, by: actor.membership, at: now })
    await request.act('jobcentres.said', { codes: { office: office.code, from: office.fromOn.toString() } })
    request.flash('Saved. It can be chosen from its first day.')
    return reply.redirect('/area/jobcentres')
  })
}

async function officeFor(db: Db, area: string, code: string) {
  const office = isCode(code) ? await findOffice(db, area, code) : undefined
  if (!office) throw new NotFound()
  const [history, names] = await Promise.all([listOfficeHistory(db, area, code), listMemberNames(db, area)])
  return { office, history: history.map((row) => ({ ...row, byName: names.get(row.by ?? '') ?? null })) }
}

type Given = Omit<{ [Name in keyof typeof officeFields]: (typeof officeFields)[Name]['_output'] }, 'version'>

function officeFrom({ code, name, district, postcode, from, until }: Given, known: string | undefined): Office {
  const compact = postcode === null ? null : compactPostcode(postcode)
  const named = known ?? code?.toUpperCase() ?? codeFor(name)
  return { code: named, name, district, postcode: compact, fromOn: from, untilOn: until }
}

function problemWith(office: Office, postcode: string | null, taken: boolean): Problem | undefined {
  if (taken) return { field: 'code', message: 'Another Jobcentre of this list has this code: open that one instead' }
  if (!isCode(office.code)) return { field: 'code', message: 'Use letters, digits and hyphens only' }
  if (postcode !== null && writtenPostcode(postcode) === undefined)
    return { field: 'postcode', message: 'Enter a full postcode, like SW1A 1AA' }
  const period = periodIsWrong(office)
  return period ? { field: 'until', message: period } : undefined
}
