import { dayOf } from '#platform/dates.ts'
import { handledAt, whoWaits } from '#journey/new-link/rules.ts'

/** What waits of services they were passed on to: an answer, the next one to decide about, a decision, silence. */
type OfServices = 'onward-answered' | 'onward-proposed' | 'onward-decided' | 'onward-silent' | ByEmail

/** What came of a service by email: something to be kept or not, and that ours did not arrive. */
type ByEmail = 'onward-emailed' | 'onward-not-arrived'

/** Who said it: somebody who was asked, whoever referred, an employer about what is asked for at work, or occupational health. */
export type Said = 'request' | 'withdrawal' | 'three-way' | 'advice' | 'advice-asked' | OfServices

/** Something that somebody outside said and that nobody has read. */
export type Unread = Readonly<{ id: string; at: Temporal.Instant; said: Said }>

/** What somebody outside said that waits to be read, with where it is read. */
export function saidLines(said: Unread | undefined) {
  if (!said) return []
  const { because, at } = {
    request: { because: 'Somebody outside has answered', at: `/requests/${said.id}` },
    withdrawal: { because: 'Whoever referred them has taken the referral back', at: `/referrals/${said.id}` },
    'three-way': { because: 'Their employer has answered, or they want to talk about it', at: `/three-way/${said.id}` },
    advice: { because: 'Occupational health has advised', at: `/advice/${said.id}` },
    'onward-answered': { because: 'There is an answer about a service', at: `/onward/${said.id}` },
    'onward-emailed': { because: 'An answer about a service came by email', at: `/onward/${said.id}` },
    'onward-not-arrived': { because: 'An email to a service did not arrive', at: `/onward/${said.id}` },
    'onward-proposed': { because: 'A service has not answered. Another is proposed', at: `/onward/${said.id}/next` },
    'onward-decided': { because: 'They decided about the next service', at: `/onward/${said.id}/next` },
    'onward-silent': { because: 'A service has not answered', at: `/onward/${said.id}` },
    'advice-asked': { because: 'A coach asks you, as occupational health', at: `/advice/${said.id}` },
  }[said.said]
  const reason: 'advice' | 'answer' = said.said === 'advice-asked' ? 'advice' : 'answer'
  return [{ reason, because, on: dayOf(said.at), at }]
}

/** A new link that somebody waits for. */
export type Wanted = Parameters<typeof handledAt>[0] &
  Parameters<typeof whoWaits>[0] &
  Readonly<{ at: Temporal.Instant | null }>

/** A new link that somebody waits for, with where it is sent. */
export function linkLines(wanted: Wanted | undefined) {
  if (!wanted?.at) return []
  return [{ reason: 'link', because: whoWaits(wanted), on: dayOf(wanted.at), at: handledAt(wanted) } as const]
}
