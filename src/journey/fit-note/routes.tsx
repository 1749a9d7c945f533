import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import {
  choice,
  choices,
  day,
  id,
  optionalChoice,
  optionalDay,
  optionalId,
  optionalText,
  optionalWholeNumber,
  text,
  tick,
  type ValueOf,
} from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App, SignedIn, Visit as RequestOf } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { FitNoteForm } from './pages/form.tsx'
import { FitNotes } from './pages/list.tsx'
import {
  advices,
  difficultyPlaces,
  followProblems,
  follows,
  lastDayOf,
  type NoteKind,
  noteKinds,
  noteProblems,
  outcomes,
  professions,
  yesNo,
} from './rules.ts'
import { type Difficulty, listFitNotes, saveFitNote, saveFollowOn, withdrawFitNote } from './store.ts'

const who = careRoles
const address = '/people/:person/fit-notes'
const editing = { who, verb: 'edit' } as const

/** The fit notes and health and work reports of somebody. */
export async function fitNoteRoutes(app: App): Promise<void> {
  app.get(address, { who, verb: 'open', reads: 'record' }, async (request, reply) => {
    const { person, notes, mayEdit } = await around(request, 'open')
    await request.read('fit-note.list', { person: person.id })
    return reply.page(<FitNotes {...blank} {...{ person, notes, mayEdit, id: newId(), now: request.now }} />)
  })
  writingRoutes(app)
  withdrawalRoute(app)
  followOnRoute(app)
}

const note = {
  id: id('Open this page again from the record'),
  instead: optionalId(),
  outcome: choice(outcomes, 'Select what it says'),
  ...{ advice: choices(advices), comments: optionalText(1000) },
  from: day('Enter the first day it covers'),
  ...{ until: optionalDay(), weeks: optionalWholeNumber(1, 104), open: tick(), again: optionalChoice(yesNo) },
  issuer: text('Enter the name of who wrote it'),
  profession: choice(professions, 'Select their profession'),
  ...{ organisation: optionalText(), registration: optionalText(20), contact: optionalText(200) },
  review: optionalDay(),
  assessed: day('Enter the day of the assessment'),
  stated: day('Enter the day on which it was written'),
  ...{ condition: optionalText(), since: optionalDay() },
  ...{ difficulty1: optionalText(), difficulty2: optionalText(), difficulty3: optionalText() },
  ...{ difficulty4: optionalText(), recommendation1: optionalText(), recommendation2: optionalText() },
  ...{ recommendation3: optionalText(), recommendation4: optionalText() },
}

type Given = ValueOf<typeof note> & Readonly<{ kind: NoteKind }>

const kindIn = ({ kind }: Readonly<{ kind: string }>) =>
  Object.keys(noteKinds).find((one): one is NoteKind => one === kind)

function writingRoutes(app: App): void {
  const rule = { ...editing, draft: 'fit-note' } as const
  const query = { instead: optionalId() }
  app.get(`${address}/new/:kind`, { ...rule, reads: 'record', query }, async (request, reply) => {
    const { person, notes } = await around(request, 'edit')
    const kind = kindIn(request.params)
    const instead = notes.find((one) => one.id === request.query.instead)
    if (!kind || (request.query.instead !== null && instead?.kind !== kind)) throw new NotFound()
    await request.read('fit-note.form', { person: person.id, subject: instead?.id })
    return reply.page(<FitNoteForm {...{ person, kind, instead }} {...again(request.form)} />)
  })
  app.post(`${address}/new/:kind`, { ...rule, form: note }, async (request, reply) => {
    const { form, today, params } = request
    const kind = kindIn(params)
    if (!kind) throw new NotFound()
    const { person, notes } = await around(request, 'edit')
    const instead = notes.find((one) => one.id === [form.typed['instead']].flat().at(-1))
    const wrong = (state: FormState, code = 422) =>
      reply.code(code).page(<FitNoteForm {...{ person, kind, instead }} {...again(state)} />)
    if (!form.ok) return wrong(form)
    const given = { ...form.value, kind }
    const problems = noteProblems(given, today)
    if (problems.length > 0) return wrong({ typed: form.typed, problems })
    // Sent twice, it is written down once.
    if (notes.some(({ id: saved }) => saved === given.id)) await request.read('fit-note.form', { person: person.id })
    else {
      if (!(await takesThePlace(request, given))) return wrong({ typed: form.typed, problems: [gone] }, 409)
      await writeDown(request, person.id, given)
    }
    request.flash('The note is written down.')
    return reply.redirect(`/people/${person.id}/fit-notes`, 303)
  })
}

const gone = {
  field: 'outcome',
  message: 'Somebody else has taken this note back or put it right meanwhile. Look at the list before you save this',
}

type Acting = Pick<SignedIn<AnyVisit>, 'db' | 'area' | 'now' | 'act' | 'actor'>
type AnyVisit = RequestOf<'/', Record<never, never>, Record<never, never>>

/** Takes back the note that this one puts right; false when it does not stand any more. */
async function takesThePlace({ db, area, actor, now }: Acting, { id: saved, instead }: Given): Promise<boolean> {
  if (instead === null) return true
  const reason = `Put right: ${saved}`
  return withdrawFitNote(db, { area, note: instead, reason, by: actor.membership, at: now })
}

async function writeDown(request: Acting, person: string, given: Given): Promise<void> {
  const { db, area, actor, now } = request
  const { kind, outcome, advice, comments, condition, organisation } = given
  const said = { kind, outcome, advice, comments, condition, organisation, profession: given.profession }
  const days = { assessed_on: given.assessed, stated_on: given.stated, condition_since: given.since }
  const row = {
    ...{ area, id: given.id, person, by: actor.membership, sent_by: null, at: now, ...said, ...days },
    ...{ from_on: given.from, until_on: lastDayOf(given), issuer: given.issuer },
    assess_again: given.again === null ? null : given.again === 'yes',
    ...ofReport(given),
  }
  const lines = kind === 'ahp-report' ? difficultiesOf(given) : []
  await saveFitNote(db, row, lines)
  const words = [comments, condition, ...lines.flatMap((line) => Object.values(line))].filter((one) => one !== null)
  await request.act(given.instead === null ? 'fit-note.written-down' : 'fit-note.put-right', {
    ...{ person, subject: given.id, codes: { kind, outcome } },
    ...(words.length > 0 ? { vouchesFor: words.join('\n') } : {}),
  })
}

/** What a report says beside what a fit note does. */
const ofReport = ({ kind, registration, contact, review: review_on }: Given) =>
  kind === 'ahp-report' ? { registration, contact, review_on } : { registration: null, contact: null, review_on: null }

function difficultiesOf(given: Given): Difficulty[] {
  return difficultyPlaces.flatMap((place) => {
    const difficulty = given[`difficulty${place}`]
    return difficulty === null ? [] : [{ difficulty, recommendation: given[`recommendation${place}`] }]
  })
}

const reason = { reason: text('Enter why it should not stand here', 300) }

function withdrawalRoute(app: App): void {
  app.post(`${address}/:note/withdrawal`, { ...editing, form: reason }, async (request, reply) => {
    const { db, area, actor, form, now, params } = request
    const { person, notes } = await around(request, 'edit')
    const show = { person, notes, mayEdit: true, id: newId(), now }
    if (!form.ok) return reply.code(422).page(<FitNotes {...show} typed={form.typed} problems={form.problems} />)
    if (!notes.some((one) => one.id === params.note)) throw new NotFound()
    const said = { area, note: params.note, reason: form.value.reason, by: actor.membership, at: now }
    await withdrawFitNote(db, said)
    await request.act('fit-note.taken-back', {
      ...{ person: person.id, subject: params.note },
      vouchesFor: form.value.reason,
    })
    request.flash('The note is taken back.')
    return reply.redirect(`/people/${person.id}/fit-notes`, 303)
  })
}

const followOn = {
  id: id('Open this page again from the record'),
  what: choice(follows, 'Select what follows'),
  ask: optionalDay(),
  words: optionalText(),
}

function followOnRoute(app: App): void {
  app.post(`${address}/:note/follow-on`, { ...editing, form: followOn }, async (request, reply) => {
    const { db, area, actor, form, now, today, params } = request
    const { person, notes } = await around(request, 'edit')
    if (!notes.some((one) => one.id === params.note)) throw new NotFound()
    const problems = form.ok ? followProblems(form.value, today) : form.problems
    const show = { person, notes, mayEdit: true, id: again(form).id, now }
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<FitNotes {...show} typed={form.typed} problems={problems} />)
    const { id: said, what, ask, words } = form.value
    const by = { area, id: said, note: params.note, by: actor.membership, at: now }
    await saveFollowOn(db, { ...by, what, ask_on: ask, words })
    await request.act('fit-note.followed', {
      ...{ person: person.id, subject: params.note, codes: { what } },
      ...(words === null ? {} : { vouchesFor: words }),
    })
    request.flash('What follows is written down.')
    return reply.redirect(`/people/${person.id}/fit-notes`, 303)
  })
}

type Visit = Readonly<{ db: Db; area: string; actor: Actor; params: Readonly<{ person: string }> }>

async function around({ db, area, actor, params }: Visit, verb: 'open' | 'edit') {
  const found = await findPerson(db, actor, params.person, verb)
  if (!found) throw new NotFound()
  const person = { id: found.id, name: calledName(found) }
  return { person, notes: await listFitNotes(db, area, found.id), mayEdit: found.mayEdit }
}
