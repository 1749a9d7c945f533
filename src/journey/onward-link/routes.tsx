import { careRoles } from '#platform/access/rules.ts'
import { inWords } from '#platform/dates.ts'
import { optionalId } from '#platform/form/fields.ts'
import { alreadySaved } from '#platform/http/already.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { sentSince } from '#platform/notify/went.ts'
import { findGoing } from '#registers/areas/store.ts'
import { isAnswerable, linkKinds } from '#journey/onward/rules.ts'
import { findOnward } from '#journey/onward/store.ts'
import { sentTemplate, writtenFrom } from '#journey/onward-sending/rules.ts'
import { findAllowed, writeToService } from '#journey/onward-sending/store.ts'

const edit = { who: careRoles, verb: 'edit' } as const

/** Sending a service another link in place of one that was lost or ran out. */
export async function onwardLinkRoutes(app: App): Promise<void> {
  app.post('/onward/:onward/link', { ...edit, form: { sent: optionalId() } }, async (request, reply) => {
    const { db, area, actor, now, params, form } = request
    const onward = await findOnward(db, actor, params.onward, 'edit')
    if (!onward || !isAnswerable(onward.state) || onward.address === null) throw new NotFound()
    const allowedBy = await findAllowed(db, area, onward)
    const seen = form.ok ? form.value.sent : null
    const since = allowedBy && (await sentSince(db, { area, about: onward.id, kinds: linkKinds }, seen))
    if (since) {
      const words = `A new link was sent already, ${inWords(since.at, now)}, to the same address. No other was sent.`
      const page = { page: 'onward.opened', person: onward.person, subject: onward.id, to: `/onward/${onward.id}` }
      return alreadySaved(request, reply, { ...page, words })
    }
    if (allowedBy !== undefined)
      await writeToService(db, {
        area,
        now,
        ...writtenFrom(app.settings, area),
        template: sentTemplate,
        to: onward,
        allowedBy,
      })
    await request.act('onward.sent-again', {
      person: onward.person,
      subject: onward.id,
      codes: { sent: allowedBy !== undefined },
    })
    request.flash(
      allowedBy === undefined
        ? 'They took back their yes: nothing was sent'
        : `A new link ${await findGoing(db, area, now)}, to the same address`,
    )
    return reply.redirect(`/onward/${onward.id}`, 303)
  })
}
