import { choices, type Fields, optionalText, type ValueOf, version } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { Answer } from '#platform/http/answer.ts'
import type { App } from '#platform/http/app.ts'
import { type Answers, changedAnswers } from '#registers/details/rules.ts'
import { listLogins } from '#registers/login/store.ts'
import { listOwnWays } from '#registers/own-ways/store.ts'
import { accessNeeds, type Part } from '#registers/people/rules.ts'
import { changePart } from '#registers/people/store.ts'
import { LanguagePage, NeedsPage, OwnDetails, type PartProps, TimesPage } from './pages.tsx'
import { findOwnDetails } from './store.ts'

const own = { who: 'participant' } as const

/** How a person is reached, when, and what they need, as they see it and change it themselves. */
export async function ownDetailsRoutes(app: App): Promise<void> {
  app.get('/my/details', { ...own, reads: 'record' }, async (request, reply) => {
    const { db, me } = request
    await request.read('details.own', { person: me.person })
    const [details, ways, known] = await Promise.all([findOwnDetails(db, me), listOwnWays(db, me), listLogins(db, me)])
    const { ownProviders } = app.settings
    const logins = known.map(({ provider, ...login }) => ({
      ...login,
      label: ownProviders.find(({ key }) => key === provider)?.label ?? provider,
    }))
    return reply.page(<OwnDetails details={details} ways={ways} logins={logins} />)
  })
  addPart(app, times)
  addPart(app, needs)
  addPart(app, language)
}

type PartForm<F extends Fields> = Readonly<{
  path: '/my/details/times' | '/my/details/needs' | '/my/details/language'
  part: Part
  fields: F & Readonly<{ version: ReturnType<typeof version> }>
  show: (props: PartProps) => Parameters<Answer['page']>[0]
  read: (given: ValueOf<F>, stored: readonly string[]) => Answers
}>

const aPart = <F extends Fields>(form: PartForm<F>): PartForm<F> => form

const times = aPart({
  ...({ path: '/my/details/times', part: 'safety' } as const),
  fields: { bestTime: optionalText(), version: version() },
  show: (props) => <TimesPage {...props} />,
  read: ({ bestTime }) => ({ best_time: bestTime }),
})

const needs = aPart({
  ...({ path: '/my/details/needs', part: 'access' } as const),
  fields: { needs: choices(accessNeeds), accessNote: optionalText(500), version: version() },
  show: (props) => <NeedsPage {...props} />,
  // What few people need is not among the boxes, and is not lost by that.
  read: ({ needs: chosen, accessNote }, stored) => ({
    access_needs: [...chosen, ...stored.filter((need) => !(need in accessNeeds))],
    access_note: accessNote,
  }),
})

const language = aPart({
  ...({ path: '/my/details/language', part: 'language' } as const),
  fields: { language: optionalText(80), interpreter: optionalText(200), version: version() },
  show: (props) => <LanguagePage {...props} />,
  read: (given) => ({ language: given.language, interpreter: given.interpreter }),
})

function addPart<F extends Fields>(app: App, { path, part, fields, show, read }: PartForm<F>): void {
  app.get(path, { ...own, reads: 'record' }, async (request, reply) => {
    await request.read('details.own', { person: request.me.person, codes: { part } })
    return reply.page(show({ ...blank, details: await findOwnDetails(request.db, request.me) }))
  })
  app.post(path, { ...own, form: fields }, async (request, reply) => {
    const { db, area, me, form, today } = request
    const details = await findOwnDetails(db, me)
    if (!form.ok) return reply.code(422).page(show({ ...form, details }))
    const set = read(form.value, details.access_needs)
    const row = part === 'access' ? { ...set, access_reviewed_on: today } : set
    const seen = Number(form.value['version'])
    if (await changePart(db, { area, person: me.person, part, seen, set: row })) {
      const changed = changedAnswers(details, set)
      await request.act('details.changed', { person: me.person, codes: { part, fields: changed } })
    } else {
      const now = await findOwnDetails(db, me)
      // Pressed twice: what is there now is what they wrote.
      if (changedAnswers(now, set).length > 0) return reply.code(409).page(show({ ...form, details: now }))
      await request.act('details.changed-before', { person: me.person, codes: { part } })
    }
    request.flash('Saved. Your coach sees what you changed.')
    return reply.redirect('/my/details', 303)
  })
}
