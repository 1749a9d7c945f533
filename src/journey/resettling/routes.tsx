import { z } from 'zod'
import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { id, optionalChoice, optionalId, optionalText, text } from '#platform/form/fields.ts'
import { blank, type FormState, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { listEveryMember } from '#registers/membership/store.ts'
import { listOrganisations } from '#registers/organisations/store.ts'
import { takersOf } from '#journey/allocation/rules.ts'
import { listCaseloads } from '#journey/room/store.ts'
import { listChannels } from '#journey/changeover/store.ts'
import { waysTold } from '#journey/ending/rules.ts'
import { listStandingsHeldStill } from '#journey/episode/store.ts'
import { isNamedFor } from '#journey/passing-on/store.ts'
import { dealsWith, peopleInWords } from '#journey/winding-up/rules.ts'
import { findNotice } from '#journey/winding-up/store.ts'
import { type Elsewhere, settleAll, undo } from './import.ts'
import { EffectPage } from './pages/effect.tsx'
import { PeoplePage } from './pages/people.tsx'
import * as rules from './rules.ts'
import * as store from './store.ts'

const runners = ['senior-coach', 'administrator', 'service-manager'] as const
const pageLength = 50
const decidedOn = { open: { label: 'Nothing decided yet' }, kept: { label: 'Stay until it ends' } } as const
const narrowing = { coach: optionalId(), state: optionalChoice(decidedOn), after: optionalId() }
type Narrowing = { [Name in keyof typeof narrowing]: (typeof narrowing)[Name]['_output'] }
const whole: Narrowing = { coach: null, state: null, after: null }

const everyKey = z.preprocess(
  (given) => [given].flat().filter((one) => typeof one === 'string' && one !== ''),
  z
    .array(z.string().regex(/^[0-9a-f-]{36}\.(nobody|[0-9a-f-]{36})$/, 'Choose from the list'))
    .min(1, 'Choose at least one person')
    .max(pageLength, 'Choose fewer people at a time'),
)
const proposed = { chosen: everyKey, to: text('Select what happens with them', 60) }
const decided = {
  ...proposed,
  id: id('Open this page again'),
  note: optionalText(1000),
  endedAs: optionalChoice(rules.endings),
  told: optionalChoice(waysTold),
  handedTo: optionalText(),
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate; now: Temporal.Instant }>

/** The people of an organisation that ends are given to others, group by group, until nobody is left. */
export const resettlingRoutes =
  (elsewhere: Elsewhere) =>
  async (app: App): Promise<void> => {
    const path = '/winding-up/:notice/people'
    const list = { who: runners, verb: 'list' } as const
    app.get(path, { ...list, reads: 'list', query: narrowing }, async (request, reply) => {
      const { notice, around } = await dealtWith(request, request.params.notice)
      const shown = await peopleOf(request, { notice, around }, request.query)
      await request.read('resettling.list', { codes: { shown: shown.people.map(({ person }) => person) } })
      return reply.page(<PeoplePage {...{ ...shown, ...blank }} />)
    })
    app.post(`${path}/effect`, { ...list, form: proposed }, async (request, reply) => {
      const { form, params } = request
      const { notice, around } = await dealtWith(request, params.notice)
      const again = async (state: FormState) =>
        reply.code(422).page(<PeoplePage {...{ ...(await peopleOf(request, { notice, around }, whole)), ...state }} />)
      if (!form.ok) return again(form)
      const { target, people, problems } = await wanted(request, { notice, around }, form.value)
      if (!target || problems.length > 0) return again({ typed: form.typed, problems })
      await request.read('resettling.effect', { codes: { shown: people.map(({ person }) => person) } })
      const shown = await effectShown(request, { notice, target, people })
      return reply.page(<EffectPage {...{ ...shown, ...blank }} id={newId()} to={form.value.to} />)
    })
    decidingRoute(app, elsewhere)
    undoingRoute(app, elsewhere)
  }

function decidingRoute(app: App, elsewhere: Elsewhere): void {
  const rule = { who: runners, verb: 'edit', form: decided } as const
  app.post('/winding-up/:notice/people', rule, async (request, reply) => {
    const { db, area, form, params } = request
    const { notice, around } = await dealtWith(request, params.notice)
    const back = `/winding-up/${notice.id}/people`
    if (form.ok && (await store.hasDecided(db, area, form.value.id))) {
      await request.act('resettling.again', { subject: form.value.id })
      return reply.redirect(back, 303)
    }
    const asked = chosenIn(form.typed)
    await listStandingsHeldStill(db, area, asked.chosen.map(episodeIn))
    const { target, people, problems } = await wanted(request, { notice, around }, asked)
    if (!target || people.length === 0) throw new NotFound()
    const effect = rules.effectOf(target, people)
    const missing = form.ok ? [...problems, ...rules.groupProblems(target, form.value, effect)] : form.problems
    if (!form.ok || missing.length > 0) {
      const shown = await effectShown(request, { notice, target, people })
      const state = { typed: form.typed, problems: missing }
      return reply.code(422).page(<EffectPage {...{ ...shown, ...state }} id={newId()} to={asked.to} />)
    }
    await settleAll(
      { ...request, origin: app.settings.origin, elsewhere },
      { notice, target, people, effect },
      { ...form.value, to: asked.to },
    )
    request.flash(`Done for ${peopleInWords(people.length)}.`)
    return reply.redirect(back, 303)
  })
}

function undoingRoute(app: App, elsewhere: Elsewhere): void {
  const path = '/winding-up/:notice/parties/:party/reversal'
  app.post(path, { who: runners, verb: 'edit' }, async (request, reply) => {
    const { db, area, actor, now, params } = request
    const { notice } = await dealtWith(request, params.notice)
    const party = (await store.listParties(db, area, notice.id)).find(({ id: one }) => one === params.party)
    if (!party || !mayUndo(notice, party)) throw new NotFound()
    const undoing = { db, area, actor, now, elsewhere, notice, party: party.id, went: party }
    const { back, staying } =
      party.way === 'kept'
        ? { back: await store.listMembersHeldStill(db, area, party.id), staying: 0 }
        : await undo(undoing)
    const episodes = back.map(({ episode }) => episode)
    await store.undoParty(db, { area, party: party.id, episodes, by: actor.membership, at: now })
    for (const { person } of back) await request.act('resettling.taken-back', { person, subject: party.id })
    if (back.length === 0) await request.act('resettling.taken-back', { subject: party.id })
    const others = staying === 0 ? '' : ` Somebody has gone on with ${peopleInWords(staying)}, who stay where they are.`
    request.flash(`Undone for ${peopleInWords(back.length)}.${others}`)
    return reply.redirect(`/winding-up/${notice.id}/people`, 303)
  })
}

type Noticed = Readonly<{ closed_at: Temporal.Instant | null }>

// An ending is taken back on the record it belongs to.
const mayUndo = ({ closed_at: closed }: Noticed, { way, people }: Readonly<{ way: rules.Way; people: number }>) =>
  closed === null && way !== 'ended' && people > 0

/** The notice, if this member deals with its people, and where they may go. */
async function dealtWith({ db, area, actor, today }: Asking, asked: string) {
  const notice = await findNotice(db, actor, asked)
  if (!notice || notice.withdrawn_at !== null || !dealsWith(actor, notice)) throw new NotFound()
  const all = await listOrganisations(db, area, today)
  const open = takersOf(all, { from: notice.organisation, on: today })
  const everywhere = { ...actor, organisations: open.map(({ id: one }) => one) }
  const [takers, coaches] = await Promise.all([
    store.listWaitingAt(db, area, open),
    listCaseloads(db, everywhere, today),
  ])
  return { notice, around: { takers, coaches } }
}

type Dealt = Awaited<ReturnType<typeof dealtWith>>

async function peopleOf({ db, area, actor, now }: Asking, { notice, around }: Dealt, asked: Narrowing) {
  const { coach, state, after } = asked
  const kept = state === null ? null : state === 'kept'
  const { organisation } = notice
  const [found, parties, members] = await Promise.all([
    store.listLeftovers(db, actor, { organisation, coach, kept, after, most: pageLength + 1, now }),
    store.listParties(db, area, notice.id),
    listEveryMember(db, area),
  ])
  const people = found.slice(0, pageLength)
  const own = members.filter((one) => one.organisation === organisation && /coach/.test(one.role))
  const filter = { coach: coach ?? '', state: state ?? '' }
  const address = (more: Readonly<Record<string, string>>) =>
    `/winding-up/${notice.id}/people?${new URLSearchParams({ ...filter, ...more }).toString()}`
  return {
    ...{ notice, people, filter, now, decidedOn },
    coaches: Object.fromEntries(own.map((one) => [one.id, { label: one.name }])),
    parties: parties.map((one) => ({ ...one, mayUndo: mayUndo(notice, one) })),
    choices: rules.choicesFor(around),
    older: found.length > pageLength ? address({ after: people.at(-1)?.episode ?? '' }) : undefined,
    newer: after === null ? undefined : address({}),
  }
}

const episodeIn = (key: string) => key.split('.')[0] ?? key

function chosenIn(typed: Typed): Readonly<{ chosen: string[]; to: string }> {
  const read = everyKey.safeParse(typed['chosen'])
  return { chosen: read.success ? read.data : [], to: [typed['to']].flat()[0] ?? '' }
}

/** What was chosen as it stands now: whoever has another coach by now, or is gone, is left out and named. */
async function wanted({ db, area, actor, now }: Asking, { notice, around }: Dealt, asked: ReturnType<typeof chosenIn>) {
  const target = rules.targetIn(asked.to, around)
  const episodes = asked.chosen.map(episodeIn)
  const { organisation } = notice
  const found = await store.listChosenLeftovers(db, actor, { organisation, episodes, now })
  const people = found.filter((one) => asked.chosen.includes(rules.keyOf(one)))
  if (!target)
    return { target, people, problems: [{ field: 'to', message: 'Select what happens with them from the list' }] }
  const unnamed = new Set<string>()
  for (const one of people.filter(({ restricted }) => restricted)) {
    const member = target.way === 'coach' ? target.coach.coach : ''
    const named = member !== '' && (await isNamedFor(db, area, { person: one.person, member, at: now }))
    if (!named) unnamed.add(one.episode)
  }
  const quicker = episodes.length - people.length
  const gone = { field: 'chosen', message: `Somebody else was quicker with ${peopleInWords(quicker)} of these` }
  const problems = rules.targetProblems(target, people, { ending: organisation, unnamed })
  return { target, people, problems: quicker > 0 ? [gone, ...problems] : problems }
}

type Shown = Readonly<{ notice: Dealt['notice']; target: rules.Target; people: readonly rules.Leftover[] }>

async function effectShown({ db, area, now }: Asking, { notice, target, people }: Shown) {
  const channels = await listChannels(
    db,
    area,
    people.map(({ person }) => person),
  )
  return { notice, target, people, channels, now, effect: rules.effectOf(target, people) }
}
