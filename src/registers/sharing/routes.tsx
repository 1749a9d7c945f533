import type { Actor } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { day, id, optionalDay, text } from '#platform/form/fields.ts'
import { blank, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { periodProblem, timeOf } from '#registers/organisations/rules.ts'
import { endSharing, listOrganisations, saveSharing } from '#registers/organisations/store.ts'
import { Sharing } from './pages.tsx'
import { agreeing, agreesForAll, betweenProblem, mayEnd } from './rules.ts'
import { findSharing, listSharing } from './store.ts'

const wholeId = /^[0-9a-f-]{36}$/

const arrangement = {
  holder: id('Select whose people'),
  partner: id('Select who may see them'),
  reason: text('Enter why'),
  from: day('Enter from when'),
  until: optionalDay(),
}

/** Which organisations may see whose people, since when and until when. */
export async function sharingRoutes(app: App): Promise<void> {
  app.get('/sharing', { who: [...agreeing, 'administrator'] }, async ({ db, actor, today }, reply) =>
    reply.page(<Sharing id={newId()} {...await surroundings(db, actor, today)} {...blank} />),
  )
  app.post('/sharing/:arrangement', { who: agreeing, form: arrangement }, async (request, reply) => {
    const { db, area, today, form, actor } = request
    const known = checkedId(request.params.arrangement)
    const again = { id: known, ...(await surroundings(db, actor, today)) }
    if (!form.ok) return reply.code(422).page(<Sharing {...again} {...form} />)
    const { from, until, ...rest } = form.value
    const problem: Problem | undefined = betweenProblem(actor, rest, again.organisations) ?? periodProblem(from, until)
    if (problem) return reply.code(422).page(<Sharing {...again} typed={form.typed} problems={[problem]} />)
    await saveSharing(db, { area, id: known, ...rest, from_on: from, until_on: until, agreed_by: actor.membership })
    await request.act('sharing.agreed', { subject: known, codes: { holder: rest.holder, partner: rest.partner } })
    request.flash('Arrangement added.')
    return reply.redirect('/sharing')
  })
  app.post('/sharing/:arrangement/end', { who: agreeing }, async (request, reply) => {
    const { db, area, actor, today } = request
    const found = await findSharing(db, area, checkedId(request.params.arrangement))
    if (!found || !mayEnd(actor, found)) throw new NotFound()
    await endSharing(db, area, found.id, today)
    await request.act('sharing.ended', { subject: found.id, codes: { holder: found.holder, partner: found.partner } })
    request.flash('Arrangement ended. From now on they do not see these people.')
    return reply.redirect('/sharing')
  })
}

async function surroundings(db: Db, actor: Actor, today: Temporal.PlainDate) {
  const [arrangements, organisations] = await Promise.all([
    listSharing(db, actor.area),
    listOrganisations(db, actor.area, today),
  ])
  return {
    arrangements: arrangements.map((row) => {
      const state = timeOf(row, today)
      return { ...row, state, ends: state !== 'ended' && mayEnd(actor, row) }
    }),
    organisations: Object.fromEntries(organisations.map(({ id: key, name }) => [key, { label: name }])),
    holder: agreesForAll(actor) ? ('any' as const) : { id: actor.organisation, name: actor.organisationName },
    mayAgree: agreeing.some((role) => role === actor.role),
    today,
  }
}

function checkedId(given: string): string {
  if (!wholeId.test(given)) throw new NotFound()
  return given
}
