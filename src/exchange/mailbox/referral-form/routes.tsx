import { careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { plainForm } from '#platform/documents/rules.ts'
import { pdfForm } from '#platform/documents/pdf-form.ts'
import { wordForm } from '#platform/documents/word-form.ts'
import { optionalText, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { mailboxOf } from '#platform/mailbox/rules.ts'
import { findArea } from '#registers/areas/store.ts'
import { Forms, MergeFields } from './pages.tsx'
import { type Codes, type Format, formats, formOf, type GpSystem, gpSystems, merged } from './rules.ts'
import { countCodes, findCodes, saveCodes } from './store.ts'

const keepers = ['administrator', 'service-manager', 'system-administrator', 'area-lead'] as const
const readers = { who: [...careRoles, 'system-administrator', 'area-lead'] } as const
const path = '/area/referral-form'

// Checked: one field for each thing that a records system can put there.
const fields = {
  version: version(),
  ...(Object.fromEntries(merged.map(({ name }) => [name, optionalText(100)])) as Record<
    string,
    ReturnType<typeof optionalText>
  >),
}

/** The form that practices refer with, in every format, and the merge fields of their records systems. */
export async function referralFormRoutes(app: App): Promise<void> {
  app.get(path, readers, async ({ db, area, actor }, reply) => {
    const counted = await countCodes(db, area)
    // Checked: the keys of the list are the systems.
    const offered = (Object.keys(gpSystems) as GpSystem[]).map((system) => ({
      ...{ system, codes: counted.get(system) ?? 0 },
    }))
    const mayChange = keepers.some((role) => role === actor.role)
    return reply.page(<Forms {...await whereTo(app, db, area)} offered={offered} mayChange={mayChange} />)
  })
  app.get(`${path}/:system/:format`, readers, async ({ db, area, params }, reply) => {
    const [system, format] = [params.system === 'blank' ? undefined : systemAsked(params.system), params.format]
    if (!isFormat(format)) throw new NotFound()
    const [here, found] = [await whereTo(app, db, area), system && (await findCodes(db, area, system))]
    const form = formOf({ ...here, codes: found?.codes ?? {} })
    const file = format === 'pdf' ? await pdfForm(form) : format === 'docx' ? await wordForm(form) : plainForm(form)
    return reply.file(`referral-form${system ? `-${system}` : ''}.${format}`, file, formats[format].type)
  })
  app.get(`${path}/:system`, { who: keepers }, async ({ db, area, params }, reply) => {
    const system = systemAsked(params.system)
    return reply.page(<MergeFields system={system} {...await findCodes(db, area, system)} {...blank} />)
  })
  app.post(`${path}/:system`, { who: keepers, form: fields }, async (request, reply) => {
    const { db, area, actor, now, params, form } = request
    const system = systemAsked(params.system)
    const there = await findCodes(db, area, system)
    if (!form.ok) return reply.code(422).page(<MergeFields system={system} {...there} {...form} />)
    const { version: seen, ...written } = form.value
    const saving = { area, system, version: seen, codes: codesIn(written), by: actor.membership, at: now }
    if (seen !== there.version || !(await saveCodes(db, saving)))
      return reply.code(409).page(<MergeFields system={system} {...await findCodes(db, area, system)} {...form} />)
    await request.act('referral-form.changed', { codes: { system } })
    request.flash('Saved. The form has these merge fields from now on.')
    return reply.redirect(path)
  })
}

// Checked: what was written in each field is text or nothing.
const codesIn = (written: Readonly<Record<string, unknown>>): Codes =>
  Object.fromEntries(Object.entries(written).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))

const isFormat = (asked: string | undefined): asked is Format => asked !== undefined && Object.hasOwn(formats, asked)

function systemAsked(asked: string | undefined): GpSystem {
  if (asked === undefined || !Object.hasOwn(gpSystems, asked)) throw new NotFound()
  // Checked: the line above.
  return asked as GpSystem
}

/** What the area is called on the form, and where a filled-in one goes. */
async function whereTo({ settings }: App, db: Db, area: string) {
  const here = await findArea(db, area)
  if (!here) throw new NotFound()
  const mailbox = mailboxOf(settings, area)
  return {
    ...{ name: here.name, phone: here.phone, isMailbox: typeof mailbox?.address === 'string' },
    folder: mailbox?.address === null && 'folder' in mailbox.at ? `mailbox/${area}` : null,
    address: mailbox?.address ?? here.email,
  }
}
