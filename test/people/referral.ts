import { dayOf } from '#platform/dates.ts'
import { newId } from '#platform/ids.ts'
import { nobody, type Referrer } from '#journey/acknowledgement/rules.ts'
import { type GivenPerson, newcomerFrom } from '#journey/newcomer/rules.ts'
import type { Answers } from '#journey/referral/rules.ts'
import { takeReferral, type Taking } from '#journey/referral/store.ts'
import type { TestApp } from '#test/app.ts'
import type { Member } from '#test/cast.ts'

export type AboutReferral = Partial<
  Pick<Taking, 'route' | 'agreement' | 'channel' | 'receivedOn' | 'words' | 'sentQuickly'>
> &
  Readonly<{
    /** Whose organisation receives it. */
    heldBy?: Member
    person?: Partial<GivenPerson>
    answers?: Partial<Answers>
    referrer?: Partial<Referrer>
  }>

const somebody: GivenPerson = {
  ...{ givenName: 'Robin', familyName: 'Marsh', bornOn: Temporal.PlainDate.from('1981-03-14') },
  ...{ phone: '01632 960123', email: null, address: null, safe: ['call'], postcode: 'LS1 4AP' },
}
const nothingSaid: Answers = {
  ...{ workStatus: null, mainBarrier: null, fitNote: null, fitNoteEndsOn: null, reason: null, howHeard: null },
}

/** Somebody who referred themselves online just now, unless a test says otherwise. */
export async function aReferral(app: TestApp, about: AboutReferral = {}) {
  const holder = about.heldBy ?? app.cast.administrator
  const { area } = holder
  const id = newId()
  const today = dayOf(app.clock.now)
  const route = about.route ?? 'self'
  const taken = await app.inArea(area, (db) =>
    takeReferral(db, {
      ...{ area, id, route, channel: about.channel ?? 'online', holder: holder.organisation, by: null },
      ...{ agreement: about.agreement ?? (route === 'self' ? 'self' : 'agreed') },
      ...{ receivedOn: about.receivedOn ?? today, today, now: app.clock.now },
      origin: app.settings.origin,
      words: about.words ?? {},
      sentQuickly: about.sentQuickly ?? false,
      givenBy: route === 'self' ? 'person' : 'other',
      newcomer: newcomerFrom({ ...somebody, ...about.person }),
      answers: { ...nothingSaid, ...about.answers },
      referrer: { ...nobody, ...about.referrer },
    }),
  )
  return { id, reference: taken.reference, person: taken.person ?? '' }
}
