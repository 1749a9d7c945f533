import type { Participant } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choice, id, optionalText } from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { findNewestAbout } from '#platform/notify/went.ts'
import { listPhasedReturns } from '#journey/phased-return/store.ts'
import { standingAfter } from '#journey/support/adjustments/rules.ts'
import { listAdjustments } from '#journey/support/adjustments/store.ts'
import { allAgree, changedSince, letterKind, type Proposal } from '#journey/support/three-way/rules.ts'
import {
  findProposal,
  findWhyUnsaid,
  holdProposal,
  listProposalsOfPerson,
  saveConsent,
} from '#journey/support/three-way/store.ts'
import { MyWork } from './pages.tsx'
import { ownSaying } from './rules.ts'

const own = { who: 'participant' } as const
const form = {
  id: id('Open this page again'),
  reply: id('Open this page again'),
  says: choice(ownSaying, 'Select what you say'),
  note: optionalText(1000),
}

/** What a person's employer was asked and answered, and what the person says to it, by themselves. */
export async function myWorkRoutes(app: App): Promise<void> {
  app.get('/my/work', { ...own, reads: 'record' }, async (request, reply) => {
    await request.read('participant.work')
    return reply.page(<MyWork put={await putTo(request)} wrong={{ ...blank, at: undefined }} />)
  })

  app.post('/my/work/:proposal', { ...own, form }, async (request, reply) => {
    const { db, me, form, now: at, params } = request
    await holdProposal(db, me.area, params.proposal)
    const put = await putTo(request)
    const found = put.find(({ proposal }) => proposal.id === params.proposal)
    if (!found) throw new NotFound()
    const { proposal, hasChanged } = found
    const again = (state: FormState) => ({ put, wrong: { ...state, at: proposal.id } })
    if (!form.ok) return reply.code(422).page(<MyWork {...again(form)} />)
    const { id: saved, reply: to, says, note } = form.value
    if (found.isUnsaid) return reply.code(409).page(<MyWork {...again({ ...form, problems: [unsaid] })} />)
    if (hasChanged || to !== proposal.replies[0]?.id) {
      const problems = [{ field: 'says', message: 'Something has changed meanwhile. Read it again first' }]
      return reply.code(409).page(<MyWork {...again({ ...form, problems })} />)
    }
    const agrees = says === 'agree'
    await saveConsent(db, {
      ...{ area: me.area, id: saved, reply: to, party: 'participant', agrees, how: 'online', note, by: null, at },
    })
    const after = await findProposal(db, me.area, proposal.id)
    const codes = { concluded: after !== undefined && allAgree(after) }
    const about = { subject: proposal.id, codes, ...(note ? { vouchesFor: note } : {}) }
    await request.act(agrees ? 'three-way.own-yes' : 'three-way.own-talk', { person: me.person, ...about })
    request.flash('Saved. Your coach can see it.')
    return reply.redirect('/my/work', 303)
  })
}

const unsaid = {
  field: 'says',
  message: 'Your employer may not be told all of this any more. What you sent was not saved',
}

type Visit = Readonly<{ db: Db; me: Participant }>

/** What stands open with the person's employers, and whether it has changed since. */
async function putTo({ db, me }: Visit) {
  const all = await listProposalsOfPerson(db, me.area, me.person)
  const open = all.filter(({ sentAt, closedAt }) => sentAt !== null && closedAt === null)
  return Promise.all(
    open.map(async (proposal) => ({
      ...{ proposal, form: newId(), hasChanged: await hasChanged(db, me.area, proposal) },
      letterAt: (await findNewestAbout(db, { area: me.area, about: proposal.id, kinds: [letterKind] }))?.at,
      isUnsaid: (await findWhyUnsaid(db, me.area, proposal)) !== undefined,
    })),
  )
}

async function hasChanged(db: Db, area: string, proposal: Proposal): Promise<boolean> {
  const [adjustments, returns] = await Promise.all([
    listAdjustments(db, area, proposal.episode),
    listPhasedReturns(db, area, proposal.episode),
  ])
  const live = adjustments.map((one) => ({ ...one, standing: standingAfter(one.steps) }))
  return changedSince(proposal, { adjustments: live, phasedReturn: returns[0]?.id }).length > 0
}
