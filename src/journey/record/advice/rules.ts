import { type Happening, within } from '#journey/timeline/rules.ts'

type Told = Readonly<{ id: string; episode: string; at: Temporal.Instant; by: string | null }>

type Put = Told & Readonly<{ asks: string; urgent: boolean; withdrawnAt: Temporal.Instant | null }>

/** That something was put to the team. */
export function matterTold({ id, episode, at, by, asks, urgent, withdrawnAt }: Put): Happening {
  return {
    ...{ id, at, by, kind: 'team' },
    what: `Put to the team: ${within(asks)}`,
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
    what: `Said no to the team: ${within(asks)}`,
    text: [words],
    href: `/episodes/${episode}/matters/${id}`,
  }
}
