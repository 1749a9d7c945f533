import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, id, optionalWholeNumber } from '#platform/form/fields.ts'
import { again } from '#platform/form/again.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { blank } from '#platform/form/rules.ts'
import { saveAnswer } from '#journey/pilot/store.ts'
import { listOwnPilots } from './store.ts'
import { OneOwnPilot } from './pages.tsx'
import { whyNoYes } from './rules.ts'

const own = { who: 'participant' } as const
const yesOrNo = { yes: { label: 'Yes' }, no: { label: 'No' } } as const

/** What participants are asked to try: they read it, and say yes or no by themselves, at any time. */
export async function ownPilotsRoutes(app: App): Promise<void> {
  app.get('/my/pilots/:pilot', { ...own, reads: 'record' }, async (request, reply) => {
    const found = await oneOf(request)
    await request.read('participant.pilot', { subject: found.pilot.id })
    return reply.page(<OneOwnPilot {...blank} own={found} form={newId()} />)
  })
  const seen = optionalWholeNumber(1, 10_000)
  const form = { id: id('Open this page again'), says: choice(yesOrNo, 'Choose yes or no'), seen }
  app.post('/my/pilots/:pilot', { ...own, form }, async (request, reply) => {
    const { db, area, me, form, now: at } = request
    const found = await oneOf(request)
    const { id: shown, ...state } = again(form)
    if (!form.ok) return reply.code(422).page(<OneOwnPilot {...state} own={found} form={shown} />)
    const { id: answer, says } = form.value
    const why = whyNoYes(found, form.value)
    if (why !== undefined) {
      const problems = [{ field: 'says', message: why }]
      return reply.code(409).page(<OneOwnPilot {...{ problems, typed: {}, own: found, form: shown }} />)
    }
    const said = { area, pilot: found.pilot.id, episode: found.episode, person: me.person, by: null, at }
    await saveAnswer(db, found.pilot, { ...said, id: answer, given: says === 'yes', how: 'online', chosen: null })
    await request.act('pilot.answered', { subject: found.pilot.id, codes: { says, how: 'online' } })
    request.flash(says === 'yes' ? 'Saved. Thank you.' : 'Saved. Nothing else changes for you.')
    return reply.redirect('/my/agreements', 303)
  })
}

type Visit = Readonly<{ db: Db; me: Participant; today: Temporal.PlainDate; params: Readonly<{ pilot: string }> }>

async function oneOf({ db, me, today, params }: Visit) {
  const found = (await listOwnPilots(db, me, today)).find(({ pilot }) => pilot.id === params.pilot)
  if (!found) throw new NotFound()
  return found
}
