import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { isReviewDue, reviewDueOn } from '#registers/details/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { NeedsPage } from './pages.tsx'
import { adjustmentBundle, codedNeeds } from './rules.ts'
import { findProvenance } from './store.ts'

const rule = { who: careRoles, verb: 'open', reads: 'record' } as const

/** What somebody needs to take part, what is done about it, and the same as the national flag. */
export async function adjustmentCodeRoutes(app: App): Promise<void> {
  app.get('/people/:person/needs', rule, async (request, reply) => {
    const person = await personFor(request)
    await request.read('needs.page', { person: person.id })
    const { access_reviewed_on: reviewedOn, access_note: note, mayEdit } = person
    const asked = { reviewedOn, reviewOn: reviewDueOn(reviewedOn), due: isReviewDue(person, request.today) }
    const { access_consent: consent, access_conditions: conditions } = person
    const found = await findProvenance(request.db, request.area, person.id)
    // Where nothing is known nothing came with the referral.
    const nothing = person.access_needs.length === 0 && note === null && found?.role === null
    const provenance = nothing ? undefined : found
    const said = { needs: codedNeeds(person.access_needs), note, consent, conditions, provenance }
    return reply.page(
      <NeedsPage person={{ id: person.id, name: calledName(person) }} {...said} {...asked} mayEdit={mayEdit} />,
    )
  })
  app.get('/people/:person/needs/flag.json', rule, async (request, reply) => {
    const person = await personFor(request)
    const provenance = await findProvenance(request.db, request.area, person.id)
    // Somebody who was not asked, or said no, has no flag to give.
    if (person.access_consent !== 'yes' || !provenance) throw new NotFound()
    await request.read('needs.flag', { person: person.id })
    const flag = adjustmentBundle({ person, provenance, reviewOn: reviewDueOn(person.access_reviewed_on) })
    return reply.file('reasonable-adjustments.json', JSON.stringify(flag, null, 2), 'application/fhir+json')
  })
}

type Asked = Readonly<{ db: Db; actor: Actor; params: Readonly<{ person: string }> }>

async function personFor({ db, actor, params }: Asked) {
  const person = await findPerson(db, actor, params.person)
  if (!person) throw new NotFound()
  return person
}
