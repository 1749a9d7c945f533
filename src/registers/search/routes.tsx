import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { text } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { Search } from './pages.tsx'
import { type Found, most, reasonNotToSearch, wantedIn } from './rules.ts'
import { listFound } from './store.ts'

/** Whose referral has the reference that somebody typed: asked here, and answered by the stage that gives references. */
export type FindByReference = (db: Db, actor: Actor, typed: string) => Promise<readonly string[]>

const rule = { who: careRoles, verb: 'search' } as const
const fields = { search: text('Enter a name, number, email address or reference') }

/** Looking for a person by name, number, phone, email address or reference. */
export function searchRoutes(findByReference: FindByReference) {
  return async (app: App): Promise<void> => {
    app.get('/people/search', rule, async ({ actor }, reply) =>
      reply.page(<Search {...blank} lists={listsFor(actor)} />),
    )
    app.post('/people/search', { ...rule, reads: 'list', form: fields }, async (request, reply) => {
      const { db, actor, form } = request
      if (!form.ok) return reply.code(422).page(<Search {...form} lists={listsFor(actor)} />)
      const typed = form.value.search
      const wanted = wantedIn(typed)
      const ids = await findByReference(db, actor, typed)
      const only = await theOnlyOne(db, actor, { ids, nhsNumber: wanted.nhsNumber })
      const problem = only === undefined && ids.length === 0 ? reasonNotToSearch(typed) : undefined
      if (problem)
        return reply
          .code(422)
          .page(
            <Search problems={[{ field: 'search', message: problem }]} typed={form.typed} lists={listsFor(actor)} />,
          )
      const found = only ? [only] : await listFound(db, actor, { ...wanted, ids })
      await request.read('people.searched', { codes: { shown: found.slice(0, most).map(({ id }) => id) } })
      if (only) return reply.redirect(`/people/${only.id}`)
      return reply.page(<Search problems={[]} typed={form.typed} found={found} lists={listsFor(actor)} />)
    })
  }
}

const lists = [
  {
    href: '/people/duplicates',
    label: 'Possible duplicates',
    for: ['administrator', 'senior-coach', 'service-manager'],
  },
  { href: '/people/restricted', label: 'Restricted records', for: ['senior-coach', 'service-manager'] },
] as const

function listsFor({ role }: Actor) {
  return lists.filter((list) => list.for.some((one) => one === role))
}

// A whole number or reference means one person: straight to the record.
async function theOnlyOne(
  db: Db,
  actor: Actor,
  { ids, nhsNumber }: Readonly<{ ids: readonly string[]; nhsNumber: string | undefined }>,
): Promise<Found | undefined> {
  if (ids.length === 0 && nhsNumber === undefined) return undefined
  const exact = await listFound(db, actor, { ids, ...(nhsNumber === undefined ? {} : { nhsNumber }) })
  return exact.length === 1 ? exact[0] : undefined
}
