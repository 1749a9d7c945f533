import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { day, id, optionalText } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { listMembers } from '#registers/organisations/store.ts'
import { AbsencesPage, ArrangeAbsence } from './pages.tsx'
import { absenceProblems, type Away, earlyReturn, type Planned, plannedKey } from './rules.ts'
import { endAbsence, findMoves, listAbsences, listAbsencesHeldStill, listCovers, saveAbsence } from './store.ts'

const arrangers = ['senior-coach', 'administrator', 'service-manager'] as const

const planned = {
  id: id(),
  member: id('Choose who is away'),
  cover: id('Choose who covers'),
  from: day('Enter the first day away'),
  until: day('Enter the first day back'),
  previewed: optionalText(),
}

/** Who is away and who covers: arranged in advance, ended early where it can be. */
export async function absenceRoutes(app: App): Promise<void> {
  app.get('/absences', { who: careRoles }, async (request, reply) => {
    const mayArrange = arrangers.some((role) => role === request.actor.role)
    const absences = await listOwn(request, request.today.subtract({ months: 1 }))
    return reply.page(<AbsencesPage absences={absences} today={request.today} mayArrange={mayArrange} />)
  })
  app.get('/absences/new', { who: arrangers }, async (request, reply) => {
    const { members } = await around(request)
    return reply.page(<ArrangeAbsence {...blank} id={newId()} members={members} today={request.today} />)
  })
  const rule = { who: arrangers, verb: 'list', form: planned } as const
  app.post('/absences/proposal', rule, async (request, reply) => {
    const { db, actor, today, form } = request
    const { members, problemsWith } = await around(request)
    const show = { members, today, id: [form.typed['id']].flat().at(-1) ?? '', typed: form.typed }
    if (!form.ok) return reply.code(422).page(<ArrangeAbsence {...show} problems={form.problems} />)
    const plan = planOf(form.value)
    const problems = await problemsWith(plan)
    if (problems.length > 0) return reply.code(422).page(<ArrangeAbsence {...show} problems={problems} />)
    const moves = await findMoves(db, actor, plan)
    await request.read('absence.moves', {
      codes: { member: plan.member, shown: moves.due.map(({ person }) => person) },
    })
    const looked = { moves, previewed: plannedKey(plan), coverName: members[plan.cover]?.label ?? '' }
    return reply.page(<ArrangeAbsence {...show} {...looked} problems={[]} />)
  })
  app.post('/absences', rule, async (request, reply) => {
    const { db, area, actor, now, today, form } = request
    const { members, problemsWith } = await around(request, 'held still')
    const show = { members, today, id: [form.typed['id']].flat().at(-1) ?? '', typed: form.typed }
    if (!form.ok) return reply.code(422).page(<ArrangeAbsence {...show} problems={form.problems} />)
    const plan = planOf(form.value)
    if ((await listOwn(request, today)).some((away) => away.id === form.value.id)) {
      await request.act('absence.arranged-again', { subject: form.value.id })
      return reply.redirect('/absences')
    }
    const unseen = form.value.previewed === plannedKey(plan) ? [] : [look]
    const problems = [...(await problemsWith(plan)), ...unseen]
    if (problems.length > 0) return reply.code(422).page(<ArrangeAbsence {...show} problems={problems} />)
    await saveAbsence(db, { ...plan, area, id: form.value.id, by: actor.membership, at: now })
    const codes = {
      member: plan.member,
      cover: plan.cover,
      from: plan.fromOn.toString(),
      until: plan.untilOn.toString(),
    }
    await request.act('absence.arranged', { subject: form.value.id, codes })
    request.flash('The absence is arranged. Due work moves and comes back by itself.')
    return reply.redirect('/absences')
  })
  returnRoutes(app)
}

const look = { field: 'member', message: 'Look at what would move before you arrange it' }

function returnRoutes(app: App): void {
  app.post('/absences/:absence/return', { who: arrangers }, async (request, reply) => {
    const { db, area, actor, now, today, params } = request
    const away = (await listOwn(request, today)).find((one) => one.id === params.absence)
    if (!away) throw new NotFound()
    const back = earlyReturn(away, today)
    const ended = await endAbsence(db, { area, id: away.id, backOn: back, by: actor.membership, at: now })
    await request.act('absence.ended', { subject: away.id, codes: { back: back.toString(), ended } })
    request.flash(ended ? 'The absence has ended. Their work is theirs alone again.' : 'It had ended already.')
    return reply.redirect('/absences')
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; today: Temporal.PlainDate }>

/** The absences of those whose people this actor may see. */
async function listOwn({ db, area, actor, today }: Asking, since: Temporal.PlainDate): Promise<Away[]> {
  const [absences, members] = await Promise.all([
    listAbsences(db, area, since),
    listMembers(db, area, today, actor.organisations),
  ])
  return absences.filter(({ member }) => members.some((one) => one.id === member))
}

async function around(request: Asking, how?: 'held still') {
  const { db, area, actor, today } = request
  const list = how === undefined ? listAbsences : listAbsencesHeldStill
  const [absences, found] = [await list(db, area, today), await listMembers(db, area, today, actor.organisations)]
  const coaches = found.filter(({ role }) => role === 'coach' || role === 'senior-coach')
  const members = Object.fromEntries(coaches.map(({ id: code, name }) => [code, { label: name }]))
  const problemsWith = async (plan: Planned) => [
    ...(plan.member in members ? [] : [{ field: 'member', message: 'Choose who is away from the list' }]),
    ...absenceProblems(plan, { absences, covers: await listCovers(db, area, plan), today }),
  ]
  return { members, problemsWith }
}

function planOf(
  given: Readonly<{ member: string; cover: string; from: Temporal.PlainDate; until: Temporal.PlainDate }>,
): Planned {
  return { member: given.member, cover: given.cover, fromOn: given.from, untilOn: given.until }
}
