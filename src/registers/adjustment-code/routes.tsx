import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { isReviewDue, reviewDueOn } from '#registers/details/rules.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { NeedsPage } from './pages.tsx'
import { adjustmentBundle, codedNeeds } from './rules.ts'

const rule = { who: careRoles, verb: 'open', reads: 'record' } as const

/** What somebody needs to take part, what is done about it, and the same as the national flag. */
export async function adjustmentCodeRoutes(app: App): Promise<void> {
  app.get('/people/:person/needs', rule, async (request, reply) => {
    const person = await personFor(request)
    await request.read('needs.page', { person: person.id })
    const { access_reviewed_on: reviewedOn, access_note: note, mayEdit } = person
    const asked = { reviewedOn, reviewOn: reviewDueOn(reviewedOn), due: isReviewDue(person, request.today) }
    const whose = { id: person.id, name: calledName(person) }
    return reply.page(
      <NeedsPage person={whose} needs={codedNeeds(person.access_needs)} {...{ note, mayEdit, ...asked }} />,
    )
  })
  app.get('/people/:person/needs/flag.json', rule, async (request, reply) => {
    const person = await personFor(request)
    await request.read('needs.flag', { person: person.id })
    const { id, nhs_number: nhsNumber, access_needs: needs, access_note: note } = person
    const flag = adjustmentBundle({ person: id, nhsNumber, needs, note, reviewedOn: person.access_reviewed_on })
    return reply.file('reasonable-adjustments.json', JSON.stringify(flag, null, 2), 'application/fhir+json')
  })
}

type Asked = Readonly<{ db: Db; actor: Actor; params: Readonly<{ person: string }> }>

async function personFor({ db, actor, params }: Asked) {
  const person = await findPerson(db, actor, params.person)
  if (!person) throw new NotFound()
  return person
}
