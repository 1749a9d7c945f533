import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { id, text } from '#platform/form/fields.ts'
import { newId } from '#platform/ids.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { linkMark } from '#platform/notify/rules.ts'
import { findArea, findGoing } from '#registers/areas/store.ts'
import { findPerson } from '#registers/people/store.ts'
import { mayDisclose } from '#registers/permissions/store.ts'
import { findWords } from '#registers/templates/store.ts'
import { recipientName, referrerLinkDays, toldUnder } from '#journey/acknowledgement/rules.ts'
import { missingFrom } from '#journey/referral/rules.ts'
import { findReferral } from '#journey/referral/store.ts'
import { saveRequest } from '#journey/request/store.ts'
import { AskReferrer, CannotAsk } from './pages.tsx'
import { questionKind, questionTemplate, reasonNotToAsk } from './rules.ts'

const form = { id: id('Open this page again'), asks: text('Enter your question', 1000) }
const edit = { who: careRoles, verb: 'edit', draft: 'question' } as const
const address = '/referrals/:referral/question'

/** Asking whoever referred somebody for what is missing; they answer through the link to their referral. */
export async function questionRoutes(app: App): Promise<void> {
  app.get(address, { ...edit, reads: 'record' }, async (request, reply) => {
    const { referral, why, ...page } = await askable(request)
    await request.read('question.form', { person: referral.person, subject: referral.id })
    if (why !== undefined) return reply.page(<CannotAsk referral={referral} why={why} />)
    return reply.page(<AskReferrer {...page} referral={referral} id={newId()} {...request.form} />)
  })

  app.post(address, { ...edit, form }, async (request, reply) => {
    const { db, area, actor, now } = request
    const { referral, why, may, name, ...page } = await askable(request)
    if (why !== undefined || !may.allowed)
      return reply.code(422).page(<CannotAsk referral={referral} why={why ?? 'They may not be told'} />)
    if (!request.form.ok) {
      const kept = [request.form.typed['id']].flat().at(-1) ?? newId()
      return reply.code(422).page(<AskReferrer {...page} referral={referral} id={kept} {...request.form} />)
    }
    const { id: question, asks } = request.form.value
    const { id: subject, person, reference, referrer_email: to } = referral
    const asked = { kind: 'referrer', person, referral: subject, organisation: name, contact: null } as const
    const row = { ...asked, area, id: question, address: to ?? '', asks, shared: [], allowedBy: may.by }
    if (await saveRequest(db, { ...row, by: actor.membership, at: now })) {
      const here = await findArea(db, area)
      const link = `${app.settings.origin}${linkMark}`
      const facts = { area: here?.name ?? '', phone: here?.phone ?? null, reference, link }
      const words = await findWords(db, { area, template: questionTemplate, format: 'email', facts })
      const expiresAt = now.add({ hours: 24 * referrerLinkDays })
      await sendMessage(db, {
        ...{ area, person, recipient: 'another', kind: questionKind, channel: 'email', address: row.address },
        ...words,
        ...{ about: subject, allowedBy: may.by, link: { purpose: 'referral', subject, expiresAt }, now },
      })
    }
    await request.act('question.sent', { person, subject: question, codes: { allowedBy: may.by }, vouchesFor: asks })
    request.flash(`The question ${await findGoing(db, area, now)}`)
    return reply.redirect(`/referrals/${subject}`)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; params: Readonly<{ referral: string }> }>

/** The referral, whether whoever made it may be asked, and what is missing. */
async function askable({ db, area, actor, params }: Asking) {
  const referral = await findReferral(db, actor, params.referral, 'edit')
  const person = referral && (await findPerson(db, actor, referral.person, 'edit'))
  if (!referral || !person) throw new NotFound()
  const { referrer_name, referrer_organisation: organisation, referrer_email: email, feedback } = referral
  const name = recipientName({ name: referrer_name, organisation, email, feedback }) ?? ''
  const recipient = { switch: toldUnder[referral.route]?.switch ?? 'onward', name }
  const may = await mayDisclose(db, { area, person: referral.person, recipient, purpose: 'received' })
  const why = reasonNotToAsk(referral) ?? (may.allowed ? undefined : may.why)
  const missing = missingFrom({ ...person, ...referral })
  return { referral, why, may, name, to: [name, email].filter(Boolean).join(', '), missing }
}
