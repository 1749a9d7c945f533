import { randomUUIDv7 } from 'node:crypto'
import type { Role } from '#platform/access/rules.ts'
import { newId } from '#platform/ids.ts'
import { messageLinkPath } from '#platform/link/links.ts'
import { earlyEnds, type EarlyEnd, type Step } from '#journey/episode/rules.ts'
import { recordStep } from '#journey/episode/store.ts'
import type { OrganisationKind, Route } from '#registers/organisations/rules.ts'
import type { TestApp } from '#test/app.ts'
import type { Seen } from '#test/browser.ts'
import type { Member } from '#test/cast.ts'
import { aReferral } from '#test/people/referral.ts'

const limitOn = Temporal.PlainDate.from('2026-03-30')
const followed = { followUp13On: limitOn, followUp26On: limitOn }

type Way = readonly (Step | 'coach')[]

const begun: Way = [{ kind: 'accepted' }, 'coach', { kind: 'tried' }]
const missed: Way = [
  ...begun,
  { kind: 'booked', for: Temporal.Instant.from('2026-01-05T11:00:00Z') },
  { kind: 'unbooked' },
]
const assessed: Way = [...begun, { kind: 'reached' }, { kind: 'assessed' }]
const agreed: Way = [...assessed, { kind: 'plan-agreed', planType: 'return-to-work', limitOn }]
const completed: Way = [...agreed, { kind: 'supported' }, { kind: 'completed', ...followed }]

/** Every state in which somebody can be, by what led there. */
export const everyState: Readonly<Record<string, Way>> = {
  received: [],
  accepted: [{ kind: 'accepted' }],
  allocated: [{ kind: 'accepted' }, 'coach'],
  trying: begun,
  booked: missed.slice(0, -1),
  'did not come': missed,
  assessed,
  'plan agreed': agreed,
  active: [...agreed, { kind: 'supported' }],
  waiting: [...agreed, { kind: 'paused' }],
  completed,
  'followed up': [...completed, { kind: 'followed-up', weeks: 13 }],
  // Checked: the keys of the list are its codes.
  ...Object.fromEntries(
    (Object.keys(earlyEnds) as EarlyEnd[]).map((as) => [as, [...begun, { kind: 'ended', as }] as Way]),
  ),
}

/** What would give somebody away, whoever reads it. */
export const telltales = /Zephyrine|Quillfeather|900771|LS6 9ZZ|cannot lift|not after six/i

export type Told = Readonly<{
  state: string
  id: string
  reference: string
  person: string
  episode: string
  link: string
}>

export type Whence = Readonly<{ route: Exclude<Route, 'self'>; organisation: string; email(state: string): string }>

/** Somebody with facts that would give them away, referred by this route and brought as far as this state. */
export async function somebodyAt(app: TestApp, state: string, { route, organisation, email }: Whence): Promise<Told> {
  const { id, reference, person } = await aReferral(app, {
    route,
    person: { givenName: 'Zephyrine', familyName: 'Quillfeather', phone: '07700 900771', postcode: 'LS6 9ZZ' },
    answers: { reason: 'She cannot lift anything' },
    referrer: { name: 'Whoever referred', organisation, email: email(state), feedback: 'status' },
  })
  await app.owner.query('update people.person set safe_note = $1 where id = $2', ['Not after six', person])
  const { rows } = await app.owner.query('select episode from referral.referral where id = $1', [id])
  const on = { area: 'north', episode: rows[0].episode, at: app.clock.now, by: app.cast.coach.membership }
  const allocated = { kind: 'allocated', coach: app.cast.coach.membership } as const
  await app.inArea('north', async (db) => {
    for (const step of everyState[state] ?? [])
      await recordStep(db, { ...on, step: step === 'coach' ? allocated : step })
  })
  return { state, id, reference, person, episode: rows[0].episode, link: await linkSent(app, id) }
}

/** The link that went with the first message about something. */
export async function linkSent(app: TestApp, about: string): Promise<string> {
  const { rows } = await app.owner.query(
    `select id from notify.message where about = $1 and recipient = 'another' order by id limit 1`,
    [about],
  )
  return messageLinkPath(app.settings.secret, { area: 'north', id: rows[0]?.id ?? newId() })
}

/** An organisation of this kind with a member for each address, in this role; the first of them. */
export async function anOrganisation(
  app: TestApp,
  { kind, role, emails }: Readonly<{ kind: OrganisationKind; role: Role; emails: readonly string[] }>,
): Promise<Member> {
  const organisation = randomUUIDv7()
  const organisationName = `The ${kind} ${role} ${organisation.slice(-12)}`
  await app.owner.query(
    `insert into organisations.organisation (area, id, name, kind, data_role, from_on) values ('north', $1, $2, $3, 'none', '2024-10-01')`,
    [organisation, organisationName, kind],
  )
  const members = emails.map((email) => ({ email, account: randomUUIDv7(), membership: randomUUIDv7() }))
  for (const { email, account, membership } of members) {
    await app.owner.query('insert into identity.account (id, name, email, created_at) values ($1, $2, $3, now())', [
      ...[account, 'Olu Outside', email],
    ])
    await app.owner.query(
      `insert into organisations.member (area, id, account, name, email, organisation, role, from_on)
       values ('north', $1, $2, 'Olu Outside', $3, $4, $5, '2024-10-01')`,
      [membership, account, email, organisation, role],
    )
  }
  const [first] = members
  return {
    ...{ account: first?.account ?? '', membership: first?.membership ?? '', area: 'north' },
    ...{ organisation, organisationName, name: 'Olu Outside', role },
  }
}

/** What is left of a page once everything is taken out that tells one referral from another, or one moment from the next. */
export function bare(
  { status, html }: Pick<Seen, 'status' | 'html'>,
  { reference, link }: Pick<Told, 'reference' | 'link'>,
): string {
  const plain = html
    .replaceAll(reference, 'REFERENCE')
    .replaceAll(link, '/l/LINK')
    .replaceAll(/(name="(csrf|proof|id)" value=")[^"]*/g, '$1')
    .replaceAll(/data-csrf="[^"]*"/g, '')
  return `${status} ${plain}`
}
