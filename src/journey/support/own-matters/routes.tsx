import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { optionalText } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { ownStandingOf, timeToSayNo } from '#journey/support/matter/rules.ts'
import { type ListCame, listOwnMatters, saveObjection, saveTelling } from '#journey/support/matter/store.ts'
import { OwnMatters, saidLate } from './pages.tsx'

const own = { who: 'participant' } as const

/** What the team is asked about a participant: they read it, and may say no. */
export function ownMattersRoutes(listCame: ListCame): (app: App) => Promise<void> {
  return async (app) => {
    app.get('/my/team', { ...own, reads: 'record' }, async (request, reply) => {
      const { db, area, now: at } = request
      const matters = await shownTo(request, listCame)
      for (const { id, read, standing } of matters)
        if (!read && standing === 'open') await saveTelling(db, { area, matter: id, how: 'read', by: null, at })
      await request.read('participant.team')
      return reply.page(<OwnMatters {...blank} now={at} matters={matters} refused={undefined} />)
    })

    agreementRoute(app, listCame)
    const form = { words: optionalText(500) }
    app.post('/my/team/:matter/objection', { ...own, form }, async (request, reply) => {
      const { db, area, form, params, now: at } = request
      const matters = await shownTo(request, listCame)
      const matter = matters.find(({ id }) => id === params.matter)
      if (!matter) throw new NotFound()
      if (!form.ok) return reply.code(422).page(<OwnMatters {...form} now={at} matters={matters} refused={matter.id} />)
      const { words } = form.value
      await saveObjection(db, { area, matter: matter.id, words, by: null, at })
      await request.act('matter.objected', { subject: matter.id, ...(words === null ? {} : { vouchesFor: words }) })
      request.flash(matter.came.length > 0 ? saidLate : 'The team does not talk about it. Your coach is told.')
      return reply.redirect('/my/team', 303)
    })
  }
}

/** They may also say that they do not mind, and the team need not wait. */
function agreementRoute(app: App, listCame: ListCame): void {
  app.post('/my/team/:matter/agreement', own, async (request, reply) => {
    const { db, area, params, now: at } = request
    const matter = (await shownTo(request, listCame)).find(({ id }) => id === params.matter)
    if (!matter || matter.standing === 'objected') throw new NotFound()
    if (matter.standing === 'open' && !matter.saidYes) {
      await saveTelling(db, { area, matter: matter.id, how: 'agreed', by: null, at })
      await request.act('matter.agreed', { subject: matter.id })
    }
    request.flash('Thank you. The team can go ahead. Your coach sees it.')
    return reply.redirect('/my/team', 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; me: Participant; now: Temporal.Instant }>

async function shownTo({ db, area, me, now }: Asking, listCame: ListCame) {
  const found = await listOwnMatters(db, me)
  const came = await listCame(
    db,
    area,
    found.map(({ id }) => id),
  )
  return found.map(({ id, asks, summary, at, objectedAt, told }) => {
    const decided = came.get(id) ?? []
    const standing = ownStandingOf(objectedAt !== null, decided)
    const until = timeToSayNo(told, now)
    return {
      ...{ id, asks, summary, at, standing, until },
      came: decided,
      read: told.some(({ how }) => how === 'read'),
      saidYes: told.some(({ how }) => how === 'agreed'),
    }
  })
}
