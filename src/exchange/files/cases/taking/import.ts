import type { Db } from '#platform/database/transaction.ts'
import { writeEntries } from '#platform/journal/journal.ts'
import { takePeople } from '#registers/people/import.ts'
import { entrustPerson, recordDeath } from '#registers/people/store.ts'
import { takeAnswers, type TakenAnswer } from '#registers/permissions/import.ts'
import { takeEpisodes, takeSteps } from '#journey/episode/import.ts'
import { takeReferrals } from '#journey/referral/import.ts'
import { agreedHow } from '#journey/referral/rules.ts'
import { newId } from '#platform/ids.ts'
import { saveRows } from '#exchange/files/batch/import.ts'
import { type Decided, decideLines, type Ground, type KeptLine } from '#exchange/files/cases/group/import.ts'
import type { Dossier } from '#exchange/files/cases/deciding/rules.ts'
import { momentOf, receivedAt, type Told } from '#exchange/files/cases/happened/rules.ts'
import type { Reads } from '#exchange/files/cases/sheets/rules.ts'
import { takeFacts, type Taken } from '#exchange/files/cases/facts/import.ts'

/** Takes lines that belong together, and writes down what came of each. */
export async function takeLines(db: Db, ground: Ground, batch: string, lines: readonly KeptLine[]): Promise<Decided> {
  const { area } = ground
  const decided = await decideLines(db, ground, lines)
  await takeDecided(db, ground, batch, decided)
  await saveRows(db, area, batch, decided.dealt)
  return decided
}

/** Takes people and their cases as they were decided, each stage by its own slice. */
async function takeDecided(db: Db, ground: Ground, batch: string, { people, dossiers }: Decided): Promise<void> {
  const taken = dossiers.map((dossier): Taken => ({ ...dossier, steps: withIds(dossier.steps, ground) }))
  await takeSomebody(db, ground, batch, { people, dossiers })
  await takeCases(db, ground, batch, taken)
  await takeFacts(db, { ...ground, around: ground }, taken)
  const { area, by, now: at } = ground
  const codes = { batch }
  const on = {
    record: people.map(({ person }) => ({ person, subject: person, codes })),
    fresh: dossiers.filter(({ own }) => own).map(({ person, episode }) => ({ person, subject: episode, codes })),
    added: dossiers.filter(({ own }) => !own).map(({ person, episode }) => ({ person, subject: episode, codes })),
  }
  await writeEntries(db, { area, by, at, what: 'record.imported', on: on.record })
  await writeEntries(db, { area, by, at, what: 'episode.imported', on: on.fresh })
  await writeEntries(db, { area, by, at, what: 'episode.history-imported', on: on.added })
}

function withIds(steps: Dossier['steps'], { now }: Ground): Taken['steps'] {
  return steps.map((step) => ({ ...step, id: newId(), recordedAt: now }))
}

async function takeSomebody(db: Db, ground: Ground, batch: string, { people, dossiers }: Omit<Decided, 'dealt'>) {
  const { area, holder, now } = ground
  const first = new Map(dossiers.map(({ person, provider }) => [person, provider] as const).toReversed())
  const rows = people.flatMap(({ line, person }) => {
    if (!line.read) return []
    const { newcomer, equality } = line.read
    return [{ id: person, newcomer, equality, holder: first.get(person) ?? holder, registeredAt: now }]
  })
  if (rows.length > 0) await takePeople(db, { area, batch, synthetic: false }, rows)
  const fresh = new Set(rows.map(({ id }) => id))
  const held = new Map(rows.map(({ id, holder: organisation }) => [id, organisation]))
  for (const { person, provider: organisation, own } of dossiers) {
    if (own && (!fresh.has(person) || held.get(person) !== organisation))
      await entrustPerson(db, { area, person, organisation, at: now })
  }
  for (const { person, own, followUps } of dossiers) {
    const diedBy = own?.read.end?.as === 'died' ? own.read.end.on : followUps.find(isDeath)?.read.on
    if (diedBy) await recordDeath(db, area, person, { on: diedBy, dayKnown: false })
  }
}

function isDeath({ read }: Told<Reads['follow-ups']>): boolean {
  return read.result === 'died'
}

async function takeCases(db: Db, ground: Ground, batch: string, taken: readonly Taken[]): Promise<void> {
  const { area, by, now } = ground
  const fresh = taken.flatMap((one) => (one.own ? [{ ...one, own: one.own }] : []))
  const added = taken.filter(({ own, steps }) => !own && steps.length > 0)
  const cases = fresh.map(({ episode, person, steps }) => ({ id: episode, person, imported: true, steps }))
  if (cases.length > 0) await takeEpisodes(db, { area, batch }, cases)
  if (added.length > 0)
    await takeSteps(
      db,
      area,
      added.map(({ episode, standing, steps }) => ({ id: episode, standing, steps })),
    )
  if (fresh.length === 0) return
  await takeReferrals(
    db,
    { area, by: by?.membership ?? null, now },
    fresh.map(({ own: { read }, ...one }) => ({
      ...{ id: newId(), person: one.person, episode: one.episode, holder: one.provider },
      ...{ route: read.route, channel: read.channel, agreement: agreementOf(read), receivedOn: read.receivedOn },
      ...{ receivedAt: receivedAt(read, ground), answers: read.answers, referrer: read.referrer },
    })),
  )
  await takeAnswers(
    db,
    { area, batch },
    fresh.flatMap(({ person, own }) => answersOf(person, own.read, ground)),
  )
}

function agreementOf({ route }: Reads['episodes']) {
  return route === 'self' ? ('self' as const) : ('agreed' as const)
}

function answersOf(person: string, read: Reads['episodes'], ground: Ground): TakenAnswer[] {
  const yes = { person, given: true, by: read.coach?.id ?? null, wordingVersion: 'none-of-ours' } as const
  const contact = {
    switch: 'contact',
    how: agreedHow(agreementOf(read), read.channel),
    at: receivedAt(read, ground),
  } as const
  const { takesPartOn, takesPartHow: how } = read
  const at = takesPartOn && momentOf(takesPartOn, null, ground)
  return [{ ...yes, ...contact, by: null }, ...(at ? [{ ...yes, switch: 'take-part', how, at } as const] : [])]
}
