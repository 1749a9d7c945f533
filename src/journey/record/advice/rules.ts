import { inPounds } from '#journey/support/budget-limit/rules.ts'
import { type Standing, standings, type Supplier, suppliers } from '#journey/support/budget/rules.ts'
import { type Happening, within } from '#journey/timeline/rules.ts'

type Told = Readonly<{ id: string; episode: string; at: Temporal.Instant; by: string | null }>

type Put = Told & Readonly<{ asks: string; urgent: boolean; withdrawnAt: Temporal.Instant | null }>

/** That something was put to the team. */
export function matterTold({ id, episode, at, by, asks, urgent, withdrawnAt }: Put): Happening {
  return {
    ...{ id, at, by, kind: 'team' },
    what: `Put to the team: ${asks}`,
    text: [urgent && 'Urgent'],
    mark: withdrawnAt === null ? undefined : 'Taken back',
    href: `/episodes/${episode}/matters/${id}`,
  }
}

type SaidNo = Told & Readonly<{ asks: string; words: string | null; own: boolean }>

/** That the person does not want the team to talk about it. */
export function objectionTold({ id, episode, at, by, asks, words, own }: SaidNo): Happening {
  return {
    ...{ id, at, by: own ? 'the person themselves' : by, kind: 'team' },
    what: `Said no to the team: ${asks}`,
    text: [words],
    href: `/episodes/${episode}/matters/${id}`,
  }
}

type Decided = Told &
  Readonly<{ decided: string; ownerName: string | null; note: string | null; takenBack: boolean }> &
  Readonly<{ matter: string }>

/** What a meeting of the team decided. */
export function decisionTold({ id, episode, at, by, decided, ownerName, note, takenBack, matter }: Decided): Happening {
  return {
    ...{ id, at, by, kind: 'team' },
    what: `The team decided: ${decided}`,
    text: [ownerName && `To be done by ${ownerName}`, note],
    mark: takenBack ? 'Taken back' : undefined,
    href: `/episodes/${episode}/matters/${matter}`,
  }
}

type Supervised = Told & Readonly<{ decided: string; withdrawnAt: Temporal.Instant | null }>

/** What a coach and whoever supervises them decided, where they put it on the record. */
export function supervisionTold({ id, at, by, decided, withdrawnAt }: Supervised): Happening {
  return {
    ...{ id, at, by, kind: 'team' },
    what: `Decided in supervision: ${decided}`,
    text: [],
    mark: withdrawnAt === null ? undefined : 'Taken back',
  }
}

type Asked = Told & Readonly<{ what: string; why: string; supplier: Supplier; standing: Standing; cost: number }>

/** That money was asked for, and how that stands now. */
export function requestTold({ id, at, by, what, why, supplier, standing, cost }: Asked): Happening {
  return {
    ...{ id, at, by, kind: 'team' },
    what: `Money asked for: ${what}`,
    text: [why, `${inPounds(cost)}, ${within(suppliers[supplier].label)}`],
    mark: standings[standing].label,
    href: `/budget/requests/${id}`,
  }
}

type Health = Readonly<{ id: string; at: Temporal.Instant; asker: string | null; adviser: string | null }> &
  Readonly<{ asks: string; advises: string | null; withdrawnAt: Temporal.Instant | null }>

/** What occupational health was asked about their work, and what it advised. */
export function healthTold({ id, at, asker, adviser, asks, advises, withdrawnAt }: Health): Happening {
  const isAdvised = advises !== null
  return {
    ...{ id, at, by: isAdvised ? adviser : asker, kind: 'team', href: `/advice/${id}` },
    what: isAdvised ? 'Advice of occupational health' : 'Asked occupational health',
    text: [asks, advises],
    mark: withdrawnAt === null ? undefined : 'Taken back',
  }
}
