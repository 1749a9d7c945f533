import type { Db } from '#platform/database/transaction.ts'
import { isBefore, longDay } from '#platform/dates.ts'
import { day, text } from '#platform/form/fields.ts'
import { blank, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { catalogueDigest, catalogueOf, isDraft } from './catalogues.ts'
import { OneTranslation, type Signed, type Translation, Translations } from './pages.tsx'
import { type Language, translated } from './rules.ts'
import { listSignatures, sign, withdrawSignatures } from './signatures.ts'

const readers = ['area-lead', 'service-manager', 'administrator', 'system-administrator'] as const
const signers = ['area-lead', 'system-administrator'] as const
const signing = {
  name: text('Enter the name of who has checked it', 120),
  qualifiedAs: text('Enter what qualifies them', 200),
  checkedOn: day('Enter the day on which it was checked'),
}

/** The translations of the pages for the public, and who has looked each of them through. */
export async function languageRoutes(app: App): Promise<void> {
  app.get('/area/languages', { who: readers }, async ({ db, area }, reply) => {
    const signatures = await signaturesOf(db, area)
    return reply.page(<Translations translations={translated.map((language) => standing(language, signatures))} />)
  })

  app.get('/area/languages/:language', { who: readers }, async ({ db, area, actor, params, today }, reply) => {
    const shown = await shownFor({ db, area, today }, languageIn(params.language))
    return reply.page(<OneTranslation {...shown} signs={maySign(actor.role)} {...blank} />)
  })

  app.post('/area/languages/:language/signature', { who: signers, form: signing }, async (request, reply) => {
    const { db, area, actor, form, now, today } = request
    const language = languageIn(request.params.language)
    const shown = await shownFor(request, language)
    const problems = form.ok ? dayProblems(form.value.checkedOn, today) : form.problems
    if (!form.ok || problems.length > 0) {
      return reply.code(422).page(<OneTranslation {...shown} signs problems={problems} typed={form.typed} />)
    }
    await sign(db, { area, id: newId(), language, ...form.value, by: actor.membership, at: now })
    await request.act('language.signed', { codes: { language, digest: catalogueDigest(language) } })
    request.flash('The translation is signed. Its pages do not say any more that they are a draft.')
    return reply.redirect(`/area/languages/${language}`, 303)
  })

  app.post('/area/languages/:language/withdrawal', { who: signers }, async (request, reply) => {
    const { db, area, actor, now } = request
    const language = languageIn(request.params.language)
    await withdrawSignatures(db, { area, language, by: actor.membership, at: now })
    await request.act('language.signature-withdrawn', { codes: { language } })
    request.flash('The translation is a draft again.')
    return reply.redirect(`/area/languages/${language}`, 303)
  })
}

const maySign = (role: string): boolean => signers.some((signer) => signer === role)

const dayProblems = (on: Temporal.PlainDate, today: Temporal.PlainDate): Problem[] =>
  isBefore(today, on) ? [{ field: 'checkedOn', message: 'The day must be today or earlier' }] : []

type Asking = Readonly<{ db: Db; area: string; today: Temporal.PlainDate }>

async function shownFor({ db, area, today }: Asking, language: Language) {
  const signatures = await signaturesOf(db, area)
  const sentences = Object.entries(catalogueOf(language)?.messages ?? {})
  return {
    translation: standing(language, signatures),
    history: signatures.filter((one) => one.language === language),
    sentences: sentences.map(([english, translation]) => ({ english, translation })),
    today,
  }
}

type OfLanguage = Signed & Readonly<{ language: string }>

async function signaturesOf(db: Db, area: string): Promise<OfLanguage[]> {
  const rows = await listSignatures(db, area)
  return rows.map(({ id, language, name, at, digest, withdrawn_at, ...row }) => ({
    ...{ id, language, name, at, qualifiedAs: row.qualified_as, checkedOn: row.checked_on },
    withdrawn: withdrawn_at !== null,
    holds: withdrawn_at === null && translated.some((code) => code === language && catalogueDigest(code) === digest),
  }))
}

function standing(language: Language, signatures: readonly OfLanguage[]): Translation {
  const catalogue = catalogueOf(language)
  const signed = signatures.find((one) => one.language === language && one.holds)
  const { by, on } = catalogue?.signed ?? {}
  return {
    ...{ language, signed, sentences: Object.keys(catalogue?.messages ?? {}).length },
    isDraft: isDraft(language) && signed === undefined,
    byProduct: isDraft(language) || !by || !on ? undefined : `${by}, ${longDay(Temporal.PlainDate.from(on))}`,
  }
}

function languageIn(named: string): Language {
  const found = translated.find((code) => code === named)
  if (!found) throw new NotFound()
  return found
}
