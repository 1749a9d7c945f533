import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import {
  choices,
  day,
  type Fields,
  optionalChoice,
  optionalText,
  text,
  tick,
  type ValueOf,
  version,
} from '#platform/form/fields.ts'
import { blank, type FormState, type Problem } from '#platform/form/rules.ts'
import type { Answer } from '#platform/http/answer.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { writtenPostcode } from '#platform/postcode/rules.ts'
import { allNeeds, conditions, sharingAnswers } from '#registers/access-needs/rules.ts'
import { nhsNumber, type Part } from '#registers/people/rules.ts'
import { listMergedInto } from '#registers/merged/store.ts'
import { listMeans } from '#registers/means/store.ts'
import { changePart, findPerson } from '#registers/people/store.ts'
import { findCouncil, findPostcode } from '#registers/places/store.ts'
import { Details } from './pages/details.tsx'
import { AccessPage } from './pages/access.tsx'
import { HomePage, LanguagePage, NamesPage, type PartProps, SafetyPage } from './pages/parts.tsx'
import { type Answers, changedAnswers, homeProblems, isReviewDue, nameProblems } from './rules.ts'
import { findTypedPractice, listChanges, listPlaces } from './store.ts'

/** What is to happen when it changed who somebody is: looking for records of the same person. */
export type AfterChange = (
  db: Db,
  changed: Readonly<{ area: string; person: string; at: Temporal.Instant }>,
) => Promise<void>

const rule = { who: careRoles, verb: 'edit' } as const

/** Who somebody is and what they need, changed part by part. */
export function detailsRoutes(afterChange: AfterChange) {
  return async (app: App): Promise<void> => {
    app.get('/people/:person/details', { ...rule, verb: 'open', reads: 'record' }, async (request, reply) => {
      const { db, area, actor, now, today } = request
      const person = await personFor(request)
      await request.read('details.page', { person: person.id })
      if (person.merged_into) return reply.redirect(`/people/${person.merged_into}/details`)
      const council = person.council ? await findCouncil(db, person.council) : undefined
      const means = await listMeans(db, area, person.id)
      const merged = await listMergedInto(db, area, person.id)
      const changes = await listChanges(db, area, [person.id, ...merged.map(({ id }) => id)])
      const mayRestrict = actor.role === 'senior-coach' || actor.role === 'service-manager'
      const about = {
        person,
        merged,
        means,
        changes,
        now,
        mayRestrict,
        council: council?.name ?? person.council ?? undefined,
      }
      return reply.page(<Details {...about} reviewDue={isReviewDue(person, today)} />)
    })
    addPart(app, names, afterChange)
    addPart(app, home, afterChange)
    addPart(app, language, afterChange)
    addPart(app, access, afterChange)
    addPart(app, safety, afterChange)
    reviewRoute(app)
  }
}

type Read = Readonly<{ seen: number; set: Answers; problems: readonly Problem[] }>

type PartForm<F extends Fields> = Readonly<{
  part: Part
  fields: F
  show: (props: PartProps) => Parameters<Answer['page']>[0]
  read: (given: ValueOf<F>, today: Temporal.PlainDate) => Read
}>

const aPart = <F extends Fields>(form: PartForm<F>): PartForm<F> => form

const names = aPart({
  part: 'names',
  fields: {
    givenName: text('Enter their first name', 100),
    familyName: text('Enter their last name', 100),
    preferredName: optionalText(100),
    pronouns: optionalText(40),
    bornOn: day('Enter their date of birth'),
    nhsNumber: optionalText(20),
    version: version(),
  },
  show: (props) => <NamesPage {...props} />,
  read: (given, today) => ({
    seen: given.version,
    problems: nameProblems(given, today),
    set: {
      ...{ given_name: given.givenName, family_name: given.familyName, preferred_name: given.preferredName },
      ...{ pronouns: given.pronouns, born_on: given.bornOn },
      nhs_number: given.nhsNumber === null ? null : (nhsNumber(given.nhsNumber) ?? null),
    },
  }),
})

const home = aPart({
  part: 'home',
  fields: {
    ...{ address: optionalText(500), postcode: optionalText(10), noFixedAddress: tick(), council: optionalText(9) },
    ...{ gpPractice: optionalText(), gpPracticeCode: optionalText(6), jobcentre: optionalText(100) },
    version: version(),
  },
  show: (props) => <HomePage {...props} />,
  read: (given) => ({
    seen: given.version,
    problems: homeProblems(given),
    set: {
      address: given.address,
      postcode: given.postcode === null ? null : (writtenPostcode(given.postcode) ?? null),
      ...{ no_fixed_address: given.noFixedAddress, council: given.council, jobcentre: given.jobcentre },
      ...{ gp_practice: given.gpPractice, gp_practice_code: given.gpPracticeCode?.toUpperCase() ?? null },
    },
  }),
})

const language = aPart({
  part: 'language',
  fields: { language: optionalText(80), interpreter: optionalText(200), version: version() },
  show: (props) => <LanguagePage {...props} />,
  read: ({ version: seen, ...set }) => ({ seen, set, problems: [] }),
})

const access = aPart({
  part: 'access',
  fields: {
    'needs-contact-method': choices(allNeeds),
    'needs-information-format': choices(allNeeds),
    'needs-communication-professional': choices(allNeeds),
    'needs-communication-support': choices(allNeeds),
    'needs-adjustment': choices(allNeeds),
    further: choices(allNeeds),
    accessNote: optionalText(500),
    accessConditions: choices(conditions),
    accessConsent: optionalChoice(sharingAnswers),
    version: version(),
  },
  show: (props) => <AccessPage {...props} />,
  read: ({ version: seen, accessNote, accessConditions, accessConsent, ...groups }) => ({
    ...{ seen, problems: [] },
    set: {
      ...{ access_needs: [...new Set(Object.values(groups).flat())], access_note: accessNote },
      ...{ access_conditions: accessConditions, access_consent: accessConsent },
    },
  }),
})

const safety = aPart({
  part: 'safety',
  fields: { safeNote: optionalText(1000), bestTime: optionalText(), version: version() },
  show: (props) => <SafetyPage {...props} />,
  read: (given) => ({
    ...{ seen: given.version, problems: [] },
    set: { safe_note: given.safeNote, best_time: given.bestTime },
  }),
})

function addPart<F extends Fields>(
  app: App,
  { part, fields, show, read }: PartForm<F>,
  afterChange: AfterChange,
): void {
  const address = `/people/:person/details/${part}` as const
  app.get(address, { ...rule, reads: 'record' }, async (request, reply) => {
    const person = await personFor(request)
    await request.read('details.form', { person: person.id, codes: { part } })
    return reply.page(show({ ...blank, person, places: await listPlaces(request, person) }))
  })
  app.post(address, { ...rule, form: fields }, async (request, reply) => {
    const { db, area, form, today, now } = request
    const person = await personFor(request)
    const places = await listPlaces(request, person)
    const again = (state: FormState, practices?: PartProps['practices']) =>
      reply.code(422).page(show({ ...state, person, places, practices }))
    if (!form.ok) return again(form)
    const { seen, set: given, problems } = read(form.value, today)
    if (problems.length > 0) return again({ problems, typed: form.typed })
    const practice = part === 'home' ? await findTypedPractice(db, given, person, today) : given
    if ('several' in practice) return again({ problems: [chooseOne], typed: form.typed }, practice.several)
    const set = await withCouncil(db, part, practice)
    const changed = changedAnswers(person, set)
    const row = part === 'access' ? { ...set, access_reviewed_on: today } : set
    if (!(await changePart(db, { area, person: person.id, part, seen, set: row }))) {
      const there = await personFor(request)
      return reply.code(409).page(show({ ...form, person: there, places: await listPlaces(request, there) }))
    }
    await request.act('details.changed', { person: person.id, codes: { part, fields: changed } })
    await afterChange(db, { area, person: person.id, at: now })
    request.flash('Saved')
    return reply.redirect(`/people/${person.id}/details`)
  })
}

const chooseOne = { field: 'gpPracticeCode', message: 'Choose which practice it is' }

// The council follows from a whole postcode where the postcode file is loaded and nobody chose another.
async function withCouncil(db: Db, part: Part, set: Answers): Promise<Answers> {
  if (part !== 'home' || set.council !== null || !set.postcode) return set
  const located = await findPostcode(db, set.postcode)
  return located?.whole ? { ...set, council: located.parts[0]?.council ?? null } : set
}

function reviewRoute(app: App): void {
  const form = { version: version() }
  app.post('/people/:person/details/access/review', { ...rule, form }, async (request, reply) => {
    const person = await personFor(request)
    const seen = request.form.ok ? request.form.value.version : 0
    const set = { access_reviewed_on: request.today }
    const back = reply.redirect(`/people/${person.id}/details`)
    const changed = await changePart(request.db, { area: request.area, person: person.id, part: 'access', seen, set })
    await request.act(changed ? 'details.reviewed' : 'details.not-reviewed', {
      person: person.id,
      codes: { part: 'access' },
    })
    request.flash(changed ? 'Saved' : 'Somebody has just changed this: look at it again')
    return back
  })
}

type Asked = Readonly<{ db: Db; actor: Actor; params: Readonly<{ person: string }> }>

async function personFor({ db, actor, params }: Asked) {
  const person = await findPerson(db, actor, params.person, 'edit')
  if (!person) throw new NotFound()
  return person
}
