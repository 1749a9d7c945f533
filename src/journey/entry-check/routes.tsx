import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { codes, optionalChoice, version } from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { findIntensive, listIntensive } from '#registers/intensive/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findPerson } from '#registers/people/store.ts'
import { findNewestEpisode } from '#journey/episode/store.ts'
import { EntryCheck, ProgrammesFor } from './pages.tsx'
import { answers, newlySaid } from './rules.ts'
import { checkEntry, holdChecks, saveSaid } from './store.ts'

const open = { who: careRoles, verb: 'open', reads: 'record' } as const

const ruleCodes = [...new Set(listIntensive().flatMap(({ rules }) => rules.map(({ code }) => code)))]
const fields = {
  ...Object.fromEntries(ruleCodes.map((code) => [`answer-${code}`, optionalChoice(answers)])),
  ...{ done: codes(), version: version() },
}

/** Holding somebody against the entry rules of intensive programmes, and gathering what the hand-over needs. */
export async function entryCheckRoutes(app: App): Promise<void> {
  app.get('/people/:person/programmes', open, async (request, reply) => {
    const { person, episode } = await around(request, request.params.person)
    const checked = await checkEntry(request.db, { ...request, person: person.id, episode })
    await request.read('entry-check.list', { person: person.id, subject: episode })
    return reply.page(<ProgrammesFor {...{ person, checked }} />)
  })

  const path = '/people/:person/programmes/:intensive'
  app.get(path, open, async (request, reply) => {
    const shown = await one(request, request.params)
    const codes = { programme: shown.programme.code }
    await request.read('entry-check.opened', { person: shown.person.id, subject: shown.episode, codes })
    return reply.page(<EntryCheck {...shown} {...blank} />)
  })

  app.post(`${path}/checks`, { who: careRoles, verb: 'edit', form: fields }, async (request, reply) => {
    const { db, area, actor, now: at, form, params } = request
    const { person, episode } = await around(request, params.person)
    if (!person.mayEdit) throw new NotFound()
    await holdChecks(db, area, episode)
    const shown = await one(request, params)
    const wrong = (status: number, problems: FormState['problems']) =>
      reply.code(status).page(<EntryCheck {...shown} typed={form.typed} problems={problems} />)
    if (!form.ok) return wrong(422, form.problems)
    const { done, version: seen, ...given } = form.value
    if (seen !== shown.version) return wrong(409, [])
    const { findings, gathered, said, programme } = shown
    // Checked: every other field of the form is an answer to a rule.
    const answered = Object.fromEntries(
      Object.entries(given).map(([name, answer]) => [
        name.replace('answer-', ''),
        answer as keyof typeof answers | null,
      ]),
    )
    const writing = { area, episode, person: person.id, programme, by: actor.membership, at }
    await saveSaid(db, writing, newlySaid({ answered, done, findings, gathered, said }))
    await request.act('entry-check.said', { person: person.id, subject: episode, codes: { programme: programme.code } })
    request.flash('Saved.')
    return reply.redirect(`/people/${person.id}/programmes/${programme.code}`, 303)
  })
}

type Asking = Readonly<{ db: Db; area: string; actor: Actor; now: Temporal.Instant; today: Temporal.PlainDate }>

async function around({ db, actor }: Asking, wanted: string) {
  const found = await findPerson(db, actor, wanted)
  const episode = found && (await findNewestEpisode(db, actor, found.id))
  if (!found || !episode) throw new NotFound()
  return { person: { id: found.id, name: calledName(found), mayEdit: found.mayEdit }, episode }
}

async function one(asking: Asking, { person: wanted, intensive }: Readonly<{ person: string; intensive: string }>) {
  if (!findIntensive(intensive)) throw new NotFound()
  const { person, episode } = await around(asking, wanted)
  const { actor, today, now } = asking
  const [checked] = await checkEntry(asking.db, { actor, today, person: person.id, episode }, intensive)
  if (!checked) throw new NotFound()
  return { ...checked, person, episode, version: checked.said.length, now }
}
