import type { Db } from '#platform/database/transaction.ts'
import { optionalText, text, version } from '#platform/form/fields.ts'
import type { Checked, Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { type Language, languageNamed } from '#platform/language/rules.ts'
import { listSigned } from '#platform/language/signatures.ts'
import { isDraft } from '#platform/language/catalogues.ts'
import { sayIn } from '#platform/language/say.ts'
import { type Cell, languageRows, Messages, OneTemplate } from './pages/list.tsx'
import { WordsPage, type WordsShown } from './pages/words.tsx'
import {
  type Format,
  formatsOf,
  lengthOf,
  mostParts,
  newestOf,
  type OwnWords,
  type Template,
  type Words,
  withExamples,
  wordsIn,
  wordsProblems,
} from './rules.ts'
import { listChangedTemplates, listOwnWords, listVersions, saveWords, translationOf } from './store.ts'

/** Every message whose words an area may write itself, and what its members are called. */
export type TemplateQuestions = Readonly<{
  templates: readonly Template[]
  names(db: Db, area: string): Promise<ReadonlyMap<string, string>>
}>

const who = ['area-lead', 'service-manager', 'administrator', 'system-administrator'] as const
const writing = { who, draft: 'template' } as const
const typing = { subject: optionalText(200), body: text('Enter the words of the message', 4000) }
const form = { ...typing, version: version() }
const one = '/area/messages/:template/:language/:format'

/** The words of messages: every kind, in every language and format. */
export function templateRoutes(questions: TemplateQuestions) {
  return async (app: App): Promise<void> => {
    app.get('/area/messages', { who }, async ({ db, area }, reply) => {
      const changed = await listChangedTemplates(db, area)
      const rows = questions.templates.map((template) => ({
        template,
        changed: changed.filter((row) => row.template === template.code).length,
      }))
      return reply.page(<Messages rows={rows} />)
    })
    app.get('/area/messages/:template', { who }, async ({ db, area, params }, reply) => {
      const template = templateNamed(questions, params.template)
      const [own, signed] = await Promise.all([listOwnWords(db, area, template.code), listSigned(db, area)])
      const rows = languageRows(template).map((language) => ({
        language,
        cells: cellsOf({ template, language, own, signed }),
      }))
      return reply.page(<OneTemplate template={template} rows={rows} />)
    })
    wordsRoutes(app, questions)
  }
}

function wordsRoutes(app: App, questions: TemplateQuestions): void {
  app.get(one, writing, async (request, reply) => {
    const shown = await shownFor(request, questions)
    return reply.page(<WordsPage {...shown} {...request.form} />)
  })

  app.post(`${one}/preview`, { who, form: typing, unjournaled: true }, async (request, reply) => {
    const shown = await shownFor(request, questions)
    const { words, problems } = lookedAt(shown, request.form)
    const seen = { typed: request.form.typed, problems, look: problems.length > 0 ? undefined : words }
    return reply.code(problems.length > 0 ? 422 : 200).page(<WordsPage {...shown} {...seen} drafts={false} />)
  })

  app.post(one, { ...writing, form }, async (request, reply) => {
    const { db, area, actor, now } = request
    const shown = await shownFor(request, questions)
    const { template, language, format } = shown
    const { words, problems } = lookedAt(shown, request.form)
    const typed = request.form.typed
    if (!request.form.ok || !words || problems.length > 0)
      return reply.code(422).page(<WordsPage {...shown} {...{ typed, problems }} />)
    const next = { area, template: template.code, language, format, set_by: actor.membership, set_at: now }
    const { version: seen } = request.form.value
    const saved = seen === shown.version && (await saveWords(db, { ...next, ...words, version: seen + 1 }))
    if (!saved) {
      const there = await shownFor(request, questions)
      return reply.code(409).page(<WordsPage {...there} {...{ typed, problems }} />)
    }
    await request.act('template.written', { codes: { template: template.code, language, format, version: seen + 1 } })
    request.flash('From now on the message goes out in these words.')
    return reply.redirect(`/area/messages/${template.code}/${language}/${format}`, 303)
  })

  app.post(`${one}/as-supplied`, { who, form: { version: version() } }, async (request, reply) => {
    const { db, area, actor, now } = request
    const { template, language, format, version: newest } = await shownFor(request, questions)
    const seen = request.form.ok ? request.form.value.version : newest
    const next = {
      area,
      template: template.code,
      language,
      format,
      version: seen + 1,
      set_by: actor.membership,
      set_at: now,
    }
    const saved = seen === newest && (await saveWords(db, { ...next, subject: null, body: null }))
    await request.act('template.as-supplied', { codes: { template: template.code, language, format, saved } })
    request.flash(
      saved
        ? 'The message goes out in the words as supplied.'
        : 'Somebody has just changed this. Look at the words first.',
    )
    return reply.redirect(`/area/messages/${template.code}/${language}/${format}`, 303)
  })
}

type Typed = Checked<Readonly<{ subject: string | null; body: string }>>

/** The words somebody typed, and what is wrong with them. */
function lookedAt(shown: WordsShown, form: Typed): Readonly<{ words?: Words; problems: readonly Problem[] }> {
  if (!form.ok) return { problems: form.problems }
  const words = { subject: shown.format === 'text' ? null : form.value.subject, body: form.value.body }
  const wrong = [...missingSubject(shown.format, words), ...wordsProblems(shown.template, words)]
  return { words, problems: [...wrong, ...tooLong(shown, words)] }
}

const missingSubject = (format: Format, { subject }: Readonly<{ subject: string | null }>): Problem[] =>
  format === 'text' || subject !== null ? [] : [{ field: 'subject', message: 'Enter the subject' }]

function tooLong(
  { template, language, format }: WordsShown,
  words: Readonly<{ subject: string | null; body: string }>,
) {
  if (format !== 'text') return []
  const { parts } = lengthOf(withExamples(words, template, sayIn(language)).body)
  return parts <= mostParts
    ? []
    : [
        {
          field: 'body',
          message: `Make it shorter: it would go as ${parts} text messages, and ${mostParts} are the most`,
        },
      ]
}

type Asked = Readonly<{
  db: Db
  area: string
  now: Temporal.Instant
  params: Readonly<{ template: string; language: string; format: string }>
}>

async function shownFor({ db, area, now, params }: Asked, questions: TemplateQuestions): Promise<WordsShown> {
  const template = templateNamed(questions, params.template)
  const language = languageRows(template).find((known) => known === languageNamed(params.language))
  const format = formatsOf(template).find((known) => known === params.format)
  if (!language || !format) throw new NotFound()
  const [own, signed, versions, names] = await Promise.all([
    listOwnWords(db, area, template.code),
    listSigned(db, area),
    listVersions(db, { area, template: template.code, language, format }),
    questions.names(db, area),
  ])
  const { whose, version: newest } = cellOf({ template, language, own, signed }, format)
  const words = wordsIn({ template, language, format, own }, (text) => translationOf(language, text))
  return {
    ...{ template, language, format, whose, version: newest, now },
    words: words ?? { subject: null, body: '' },
    versions: versions.map(({ set_by, set_at, ...row }) => ({ ...row, at: set_at, byName: names.get(set_by) ?? '' })),
  }
}

type OfLanguage = Readonly<{
  template: Template
  language: Language
  own: readonly OwnWords[]
  signed: readonly Language[]
}>

function cellsOf(of: OfLanguage): Readonly<Record<Format, Cell>> {
  const [text, email] = [cellOf(of, 'text'), cellOf(of, 'email')]
  return { text, email, letter: cellOf(of, 'letter'), 'large-letter': cellOf(of, 'large-letter') }
}

function cellOf({ template, language, own, signed }: OfLanguage, format: Format): Cell {
  const newest = newestOf(own, language, format)
  const version = newest?.version ?? 1
  if (newest && newest.body !== null) return { whose: 'own', version }
  if (format === 'large-letter') return { whose: 'letter', version }
  const supplied = wordsIn({ template, language, format, own: [] }, (text) => translationOf(language, text))
  if (!supplied) return { whose: 'none', version }
  return { whose: language === 'en' || !isDraft(language) || signed.includes(language) ? 'supplied' : 'draft', version }
}

function templateNamed({ templates }: TemplateQuestions, code: string): Template {
  const found = templates.find((template) => template.code === code)
  if (!found) throw new NotFound()
  return found
}
