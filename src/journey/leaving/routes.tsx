import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import { choice, id, optionalChoice, optionalText } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { basisOf } from '#registers/permissions/rules.ts'
import { recordPermission, type SettleSaid } from '#registers/permissions/store.ts'
import { findWordings } from '#registers/words-asked/store.ts'
import { isGoingOnElsewhere } from '#journey/changeover/store.ts'
import type { Ending, Withdrawal } from '#journey/ending/store.ts'
import { findOpenEpisode, recordStep } from '#journey/episode/store.ts'
import { GoesOnElsewhere, Leave, NothingToLeave, Stopped } from './pages.tsx'
import * as rules from './rules.ts'
import * as store from './store.ts'

/** What ends support, takes that back and calls off what is booked: the stages that keep it. */
export type Stopping = Readonly<{
  saveEnding: (db: Db, ending: Ending) => Promise<void>
  withdrawEnding: (db: Db, withdrawal: Withdrawal) => Promise<void>
  callOff: (db: Db, of: Readonly<{ area: string; episode: string; now: Temporal.Instant }>) => Promise<void>
  settle: SettleSaid
}>

const own = { who: 'participant' } as const
const leaving = {
  id: id('Open this page again'),
  wish: choice(rules.wishes, 'Choose what you want to happen'),
  why: optionalChoice(rules.whys),
  said: optionalText(1000),
}

/** A person who stops, asks to be rung first, or takes back that they stopped. Nobody outside the team is told. */
export function leavingRoutes(stopping: Stopping): (app: App) => Promise<void> {
  return async (app) => {
    app.get('/my/leaving', { ...own, reads: 'record', draft: 'leaving' }, async (request, reply) => {
      await request.read('ending.own', { person: request.me.person })
      const { spell, mayChangeMind } = await spellOf(request)
      if (!spell) return reply.page(<NothingToLeave />)
      if (spell.ending && spell.endedOn) {
        if (await isGoingOnElsewhere(request.db, request.me)) return reply.page(<GoesOnElsewhere on={spell.endedOn} />)
        const { text } = await findWording(request)
        return reply.page(<Stopped mayChangeMind={mayChangeMind} on={spell.endedOn} words={text} />)
      }
      if (!rules.mayStop(spell.stage)) return reply.page(<NothingToLeave />)
      const awaited = await store.isCallAwaited(request.db, request.area, spell.episode)
      return reply.page(<Leave {...request.form} id={newId()} awaited={awaited} />)
    })
    stopRoute(app, stopping)
    changeMindRoute(app, stopping)
  }
}

function stopRoute(app: App, { saveEnding, callOff, settle }: Stopping): void {
  app.post('/my/leaving', { ...own, draft: 'leaving', form: leaving }, async (request, reply) => {
    const { db, area, me, form, now } = request
    const { spell } = await spellOf(request)
    if (!spell || !rules.mayStop(spell.stage)) {
      await request.act('ending.nothing', { person: me.person })
      return reply.redirect('/my/leaving', 303)
    }
    if (!form.ok) return reply.code(422).page(<Leave {...form} id={newId()} awaited={false} />)
    const { id: wish, said } = form.value
    const of = { area, person: me.person, episode: spell.episode, at: now }
    const isNew = await store.saveWish(db, { ...of, ...form.value })
    if (isNew && form.value.wish === 'stop') {
      await end(request, { ...spell, id: wish, said }, saveEnding)
      await callOff(db, { area, episode: spell.episode, now })
      await settle(db, { area, person: me.person, at: now })
    } else if (isNew) {
      const step = { kind: 'due', what: 'call-first', on: dayOf(now) } as const
      await recordStep(db, { ...of, by: null, factRow: wish, step })
    }
    const codes = { wish: form.value.wish, why: form.value.why }
    await request.act('ending.wished', { person: me.person, subject: wish, codes, vouchesFor: said ?? '' })
    return reply.redirect('/my/leaving', 303)
  })
}

function changeMindRoute(app: App, { withdrawEnding }: Stopping): void {
  app.post('/my/leaving/withdrawal', own, async (request, reply) => {
    const { db, area, me, now } = request
    const { spell, mayChangeMind } = await spellOf(request)
    if (spell && rules.mayStop(spell.stage)) {
      await request.act('ending.goes-on', { person: me.person, subject: spell.episode })
      request.flash(goesOn)
      return reply.redirect('/my', 303)
    }
    if (!spell?.ending || !spell.step || !mayChangeMind) throw new NotFound()
    const back = { area, by: null, at: now }
    const factRow = newId()
    await recordStep(db, { ...back, episode: spell.episode, step: { kind: 'withdrawn', step: spell.step }, factRow })
    await withdrawEnding(db, { ...back, id: factRow, ending: spell.ending, reason: 'They changed their mind' })
    await answer(request, true)
    await request.act('ending.taken-back', { person: me.person, subject: spell.ending })
    request.flash(goesOn)
    return reply.redirect('/my', 303)
  })
}

const goesOn = 'Your support goes on. Your coach sees that you changed your mind.'

type Own = Readonly<{ db: Db; area: string; me: Participant; now: Temporal.Instant; today: Temporal.PlainDate }>

async function spellOf({ db, area, me, today }: Own) {
  const [spell, open] = await Promise.all([store.findOwnSpell(db, me), findOpenEpisode(db, area, me.person)])
  const ended = spell?.endedOn && {
    endedOn: spell.endedOn,
    byThemselves: spell.byThemselves,
    newEpisode: open !== undefined,
  }
  return { spell, mayChangeMind: ended ? rules.mayChangeMind(ended, today) : false }
}

type Spell = Readonly<{ episode: string; startedAt: Temporal.Instant | null; id: string; said: string | null }>

async function end(
  own: Own,
  { episode, startedAt, id: ending, said }: Spell,
  saveEnding: Stopping['saveEnding'],
): Promise<void> {
  const { db, area, now, today } = own
  const as = rules.endsAs(startedAt)
  await answer(own, false)
  const by = { area, episode, by: null }
  const step = await recordStep(db, { ...by, step: { kind: 'ended', as }, at: now, factRow: ending })
  const nobody = { handed_to: null, to_area: null, died_on: null, few_tries_because: null }
  const given = { id: ending, ended_as: as, ended_on: today, said, told: null } as const
  await saveEnding(db, { ...by, ...nobody, ...given, recorded_at: now, step })
}

/** Says whether they take part: what that allowed, messages and links, stops in the same transaction. */
async function answer(own: Own, given: boolean): Promise<void> {
  const { db, area, me, now } = own
  await recordPermission(db, {
    ...{ area, person: me.person, switch: 'take-part', given, how: 'online', by: null, at: now },
    ...{ lawfulBasis: basisOf['take-part'], wordingVersion: (await findWording(own)).version },
  })
}

/** The words in which they are asked today whether they take part, as they stand beside the button. */
const findWording = async (own: Own) => (await findWordings(own, ['take-part']))['take-part']
