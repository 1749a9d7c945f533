import { newId } from '#platform/ids.ts'
import { issueLink } from '#platform/link/links.ts'
import { sendMessage } from '#platform/notify/outbox.ts'
import { changedKind } from '#registers/own-ways/rules.ts'
import { recordPermission } from '#registers/permissions/store.ts'
import type { TestApp } from '#test/app.ts'
import { linkSent } from '#test/disclosure/people.ts'
import { aPerson } from '#test/people.ts'
import { anEpisode } from '#test/people/episode.ts'
import { systems } from './ways-by-bars.ts'
import { mailbox } from './ways-by-mailbox.ts'
import { answering, letter, proposal } from './ways-to-employers.ts'
import { beforeItWent, practice, question, referrer, refersAgain, states } from './ways-to-referrers.ts'
import { byItsSystem, handedOver, inTheInbox, passedOn } from './ways-to-services.ts'
import { toldSystems } from './ways-by-webhook.ts'
import { noSummary, ownNotes, system } from './ways-to-systems.ts'
import { agreeing, dies, type Way, wentTo } from './ways.ts'

const request = (kind: string): Way => ({
  way: `a ${kind} that is asked something`,
  async learnt(app) {
    const email = `${newId()}@outside.example.org`
    const { person } = await anEpisode(app, { familyName: newId().slice(-6) })
    const asked = { id: newId(), kind, organisation: 'Anybody', email, asks: 'May they sit?' }
    await (await app.as(app.cast.coach)).send(`/people/${person}/requests`, asked)
    await app.work()
    return wentTo(app, email)
  },
})

type Happening = (app: TestApp, person: string) => Promise<unknown>
const refuses: Happening = (app, person) => agreeing(app, person, { employer: 'no' })

const takenBack = (how: string, happens: Happening, sent = false): Way => ({
  way: `an employer that was asked something before ${how}`,
  async learnt(app) {
    const email = `${newId()}@outside.example.org`
    const { person } = await anEpisode(app, { familyName: newId().slice(-6) })
    await agreeing(app, person, { employer: 'yes', 'employer-allows': 'summary' })
    const [coach, id] = [await app.as(app.cast.coach), newId()]
    const asked = { id, kind: 'employer', organisation: 'Hillside', email, asks: 'May they sit?' }
    const written = await coach.send(`/people/${person}/requests`, asked)
    if (written.status !== 303) throw new Error(written.text)
    if (sent) await app.work()
    const link = await linkSent(app, id)
    await happens(app, person)
    await app.work()
    const opened = await app.visitor().open(link)
    return [
      ...(sent ? [] : await wentTo(app, email)),
      ...(opened.text.includes('Your six-digit code') ? ['behind the link'] : []),
    ]
  },
})

const otherGround: Way = {
  way: 'whoever is written to on a ground of another kind',
  async learnt(app) {
    const { now } = app.clock
    const [address, person] = [`${newId()}@outside.example.org`, await aPerson(app)]
    const yes = {
      area: 'north',
      person,
      switch: 'research',
      given: true,
      how: 'telephone',
      lawfulBasis: 'consent',
      wordingVersion: 1,
    } as const
    const allowedBy = await app.inArea('north', (db) => recordPermission(db, { ...yes, by: null, at: now }))
    const message = { area: 'north', recipient: 'another', kind: 'request.sent', channel: 'email', address } as const
    const link = { area: 'north', purpose: 'come-back', expiresAt: now.add({ hours: 1 }), by: null, now, allowedBy }
    await app.inArea('north', (db) => sendMessage(db, { ...message, person, body: 'Hello', allowedBy, now }))
    const path = await app.inArea('north', (db) => issueLink(db, { ...link, person }))
    await app.work()
    const opened = await app.visitor().open(path)
    return [...(await wentTo(app, address)), ...(opened.status === 410 ? [] : ['behind the link'])]
  },
}

// Nobody shares a number with somebody of an earlier turn.
let phones = 0

const atHome = (how: string, sql: string): Way => ({
  way: `whoever is at home of somebody ${how}`,
  async learnt(app) {
    const phone = `0770090${String((phones += 1)).padStart(4, '0')}`
    const person = await aPerson(app, { means: [{ kind: 'mobile', value: phone }] })
    await agreeing(app, person, { contact: 'yes' })
    const { now } = app.clock
    const message = { area: 'north', person, kind: changedKind, channel: 'text', address: phone } as const
    await app.inArea('north', (db) => sendMessage(db, { ...message, body: 'Hello', allowedBy: 'asked-for', now }))
    await app.owner.query(sql, [person])
    const visitor = app.visitor()
    await visitor.open('/in/north/sign-in')
    await visitor.sendAndFollow('/in/north/sign-in', { way: phone })
    await app.work()
    const { rows } = await app.owner.query<{ kind: string }>(
      `select kind from notify.message where person = $1 and settled_as is distinct from 'held back'`,
      [person],
    )
    return rows.map(({ kind }) => kind)
  },
})

/** Every way out of the product about somebody who has said no, in every state in which they can be. */
export const ways: readonly Way[] = [
  ...states.flatMap((state) => [referrer('jobcentre', state), referrer('employer', state), referrer('gp', state)]),
  ...['received', 'active', 'completed'].flatMap((state) => [
    system('referrer', state),
    system('jobcentrePartner', state),
  ]),
  noSummary,
  ownNotes,
  ...[refersAgain, beforeItWent, question, practice, proposal, letter, passedOn, handedOver, otherGround],
  ...[...systems, ...toldSystems, mailbox],
  ...['service', 'employer', 'occupational-health'].map(request),
  answering('the person said no', ({ coach, employer, workplace }) =>
    coach.send(`${employer}/${workplace}/silence`, { id: newId(), saidHow: 'telephone' }),
  ),
  answering('a sentence was taken away, if its link were still there', async ({ coach, employer, sentence }, app) => {
    await coach.send(`${employer}/sentences/${sentence}/withdrawal`)
    await app.owner.query('update link.link set withdrawn_at = null')
  }),
  takenBack('the person said no, before it went', refuses),
  takenBack('the person said no', refuses, true),
  takenBack('the person died, before it went', dies),
  takenBack('the person died', dies, true),
  inTheInbox('they said no', (app, person) => agreeing(app, person, { onward: 'no' })),
  inTheInbox('they wanted no contact', (app, person) => agreeing(app, person, { contact: 'no' })),
  inTheInbox('they died', dies),
  byItsSystem('they said no', (app, person) => agreeing(app, person, { onward: 'no' })),
  byItsSystem('they wanted no contact', (app, person) => agreeing(app, person, { contact: 'no' })),
  byItsSystem('they died', dies),
  atHome('who died', `update people.person set died_on = '2026-01-05' where id = $1`),
  atHome('whose number is not safe', `update people.means set safe = false where person = $1`),
]
