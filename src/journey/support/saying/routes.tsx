import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { again } from '#platform/form/again.ts'
import { choice, id, ids, tick } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { withdrawLinks } from '#platform/link/links.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { basisOf, type WayOfAgreeing, waysOfAgreeing } from '#registers/permissions/rules.ts'
import { wordingOn } from '#registers/wording/rules.ts'
import { listWordings, mayDisclose, recordPermission } from '#registers/permissions/store.ts'
import { factsSaid, recipientAt, type Said, sayingProblems, saysAsMuch } from '#journey/support/employer/rules.ts'
import { listSentences, listSayings, listWorkplaces, saveSaying } from '#journey/support/employer/store.ts'
import { WhatMayBeSaid } from './pages.tsx'

const address = '/people/:person/employer/:workplace'
const rule = { who: careRoles, verb: 'edit' } as const

const fields = {
  id: id('Open this page again from the record'),
  sentences: ids(),
  adjustments: tick(),
  phasedReturn: tick(),
  how: choice(waysOfAgreeing, 'Select how the person answered'),
}

/** What a person allows to be said to somebody at their work, with the permission for this recipient. */
export async function sayingRoutes(app: App): Promise<void> {
  app.get(`${address}/saying`, { ...rule, reads: 'record' }, async (request, reply) => {
    const { shown } = await around(request)
    await request.read('employer.form', { person: shown.person.id, subject: shown.workplace.id })
    return reply.page(<WhatMayBeSaid {...shown} {...again(request.form)} />)
  })
  app.post(`${address}/saying`, { ...rule, form: fields }, async (request, reply) => {
    const { db, area, actor, form, now: at } = request
    const { shown } = await around(request)
    const problems = form.ok ? sayingProblems(form.value) : form.problems
    if (!form.ok || problems.length > 0)
      return reply.code(422).page(<WhatMayBeSaid {...shown} {...again({ ...form, problems })} />)
    const { id: subject, how, adjustments, phasedReturn } = form.value
    const sentences = form.value.sentences.filter((sentence) => shown.sentences.some((one) => one.id === sentence))
    const { person, workplace } = shown
    await recorded(request, { given: true, how, form: subject, said: { sentences, adjustments, phasedReturn } })
    const saying = { id: subject, workplace: workplace.id, sentences, adjustments, phasedReturn }
    await saveSaying(db, { ...saying, area, by: actor.membership, at })
    // What stood on a page behind a link may be less by now: it is put to them anew.
    if (shown.saying && !saysAsMuch(saying, shown.saying))
      await withdrawLinks(db, { area, subject: workplace.id, now: at })
    const codes = { sentences, adjustments, phasedReturn, how }
    await request.act('employer.allowed', { person: person.id, subject: workplace.id, codes })
    request.flash('Saved. This, and only this, may be said to them.')
    return reply.redirect(`/people/${person.id}/employer`, 303)
  })
  const silence = { id: fields.id, saidHow: choice(waysOfAgreeing, 'Select how the person said so') }
  app.post(`${address}/silence`, { ...rule, form: silence }, async (request, reply) => {
    const { form } = request
    const { shown } = await around(request)
    if (!form.ok) return reply.code(422).page(<WhatMayBeSaid {...shown} {...again(form)} />)
    await recorded(request, { given: false, how: form.value.saidHow, form: form.value.id })
    await request.act('employer.silenced', { person: shown.person.id, subject: shown.workplace.id })
    request.flash('Nothing more is said to them, and every open link is closed.')
    return reply.redirect(`/people/${shown.person.id}/employer`, 303)
  })
}

type Visit = Readonly<{
  db: Db
  area: string
  actor: Actor
  params: Readonly<{ person: string; workplace: string }>
  now: Temporal.Instant
  today: Temporal.PlainDate
}>

type Answering = Readonly<{ given: boolean; how: WayOfAgreeing; form: string; said?: Said }>

/** Records the person's answer for this recipient: what it takes back stops in the same transaction. */
async function recorded(visit: Visit, { said, ...answer }: Answering) {
  const { shown, recipient, wording, facts } = await around(visit)
  await recordPermission(visit.db, {
    ...{ area: visit.area, person: shown.person.id, switch: 'employer', recipient: recipient.name, ...answer },
    ...{ allows: answer.given ? 'summary' : 'received', wordingVersion: wording.version },
    facts: said ? factsSaid(said, facts) : null,
    ...{ lawfulBasis: basisOf.employer, by: visit.actor.membership, at: visit.now },
  })
}

async function around({ db, area, actor, params, today }: Visit) {
  const found = await findPerson(db, actor, params.person, 'edit')
  if (!found) throw new NotFound()
  const of = { area, person: found.id }
  const workplaces = await listWorkplaces(db, of)
  const workplace = workplaces.find(({ id, endedOn }) => id === params.workplace && endedOn === null)
  if (!workplace) throw new NotFound()
  const recipient = recipientAt(workplace)
  const [sentences, sayings, may, wordings] = await Promise.all([
    listSentences(db, of),
    listSayings(db, area, [workplace.id]),
    mayDisclose(db, { ...of, recipient, purpose: 'summary' }),
    listWordings(db, area),
  ])
  const wording = wordingOn(wordings, 'employer', today)
  const person = { id: found.id, name: calledName(found) }
  const said = { saying: sayings.get(workplace.id), isAllowed: may.allowed, wording: wording.text }
  const facts = may.allowed ? may.facts : null
  return {
    recipient,
    wording,
    facts,
    shown: { person, workplace, recipient: recipient.name, alone: recipient.alone === true, sentences, ...said },
  }
}
