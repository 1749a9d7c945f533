import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/transaction.ts'
import { isWantedAnew } from '#platform/link/wanted.ts'
import { isLookedAfterBy } from '#journey/looking-after/store.ts'
import type { Said } from '#journey/day/outside/rules.ts'

/**
 * What others outside said about these people that nobody has read: an answer, or that a referral is taken back. What is
 * unread is little, and is looked up first.
 */
export async function listUnread(db: Db, area: string, coaches: readonly string[]) {
  const answered = db
    .selectFrom('request.answer as said')
    .innerJoin('request.request as asked', (join) =>
      join.onRef('asked.area', '=', 'said.area').onRef('asked.id', '=', 'said.request'),
    )
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'said.area').on(isOfRecord('asked.person')),
    )
    .select(['standing.episode', 'said.at', 'asked.id', sql<Said>`'request'`.as('said')])
    .where('said.area', '=', area)
    .where('said.read_at', 'is', null)
    .where(isLookedAfterBy(area, coaches, 'standing.episode'))
  const takenBack = db
    .selectFrom('withdrawal.withdrawal as said')
    .innerJoin('referral.referral as referral', (join) =>
      join.onRef('referral.area', '=', 'said.area').onRef('referral.id', '=', 'said.referral'),
    )
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'said.area').on(isOfRecord('referral.person')),
    )
    .select(['standing.episode', 'said.at', 'referral.id', sql<Said>`'withdrawal'`.as('said')])
    .where('said.area', '=', area)
    .where('said.read_at', 'is', null)
    .where(isLookedAfterBy(area, coaches, 'standing.episode'))
  const [outside, atWork, advice] = await Promise.all([
    answered.unionAll(takenBack).execute(),
    listSaidAtWork(db, area, coaches),
    listAdviceWaiting(db, area, coaches),
  ])
  return [...outside, ...atWork, ...advice].toSorted((one, other) => Temporal.Instant.compare(one.at, other.at))
}

/** What somebody's employer answered that nobody has read, and that the person wants to talk about it first. */
async function listSaidAtWork(db: Db, area: string, coaches: readonly string[]) {
  const { rows } = await sql<{ episode: string; at: Temporal.Instant; id: string; said: Said }>`select standing.episode,
      said.at, proposal.id, 'three-way' as said
    from (select proposal, at from three_way.reply where area = ${area} and read_at is null
      union all select reply.proposal, consent.at from three_way.consent consent
        join three_way.reply reply on reply.area = consent.area and reply.id = consent.reply
        where consent.area = ${area} and consent.read_at is null) said
    join three_way.proposal proposal on proposal.area = ${area} and proposal.id = said.proposal
    join episode.standing standing on standing.area = ${area} and ${isOfRecord('proposal.person')}
    where proposal.closed_at is null and ${isLookedAfterBy(area, coaches, 'standing.episode')}`.execute(db)
  return rows
}

/** What waits of services they were passed on to: begun with these people, since in an area much may be unread or silent. */
export async function listOfServices(db: Db, area: string, coaches: readonly string[]) {
  const { rows } = await sql<{ episode: string; at: Temporal.Instant; id: string; said: Said }>`
    with theirs as materialized (select referral.id, referral.episode, referral.state, referral.state_at
      from onward.referral referral where referral.area = ${area} and ${isLookedAfterBy(area, coaches, 'referral.episode')})
    select theirs.episode, due.at, theirs.id, due.said from theirs cross join lateral (
      select min(event.at) as at, 'onward-answered' as said from onward.event event
        where event.area = ${area} and event.referral = theirs.id and event.read_at is null
          and event.witness in ('person', 'service') and event.kind <> 'seen' having count(*) > 0
      union all select min(email.came_at),
          case when bool_or(email.kind = 'answer') then 'onward-emailed' else 'onward-not-arrived' end
        from emailed_answer.email as email where email.area = ${area} and email.referral = theirs.id
          and email.settled_at is null and email.emptied_at is null and email.kind <> 'automatic' having count(*) > 0
      union all select coalesce(proposal.decided_at, proposal.proposed_at),
          case when proposal.decided_at is null then 'onward-proposed' else 'onward-decided' end
        from onward_silence.proposal proposal where proposal.area = ${area} and proposal.referral = theirs.id
          and proposal.read_at is null and (proposal.decided_at is not null or theirs.state = 'no-reply')
      union all select theirs.state_at, 'onward-silent' where theirs.state = 'no-reply'
        and not exists (select from onward_silence.proposal made where made.area = ${area} and made.referral = theirs.id)
    ) due`.execute(db)
  return rows
}

/** Where occupational health of the team is asked by somebody, for whoever was asked, or has advised, for the coach. */
async function listAdviceWaiting(db: Db, area: string, coaches: readonly string[]) {
  return db
    .selectFrom('health_advice.question as question')
    .leftJoin('health_advice.answer as answer', (join) =>
      join.onRef('answer.area', '=', 'question.area').onRef('answer.question', '=', 'question.id'),
    )
    .select([
      'question.episode',
      'question.id',
      sql<Said>`case when answer.at is null then 'advice-asked' else 'advice' end`.as('said'),
    ])
    .select(sql<Temporal.Instant>`coalesce(answer.at, question.at)`.as('at'))
    .where('question.area', '=', area)
    .where('question.withdrawn_at', 'is', null)
    .where('answer.read_at', 'is', null)
    .where(
      sql<boolean>`case when answer.at is null then question.asked_of = any(${[...coaches]}::uuid[])
        else ${isLookedAfterBy(area, coaches, 'question.episode')} end`,
    )
    .orderBy('question.at')
    .execute()
}

/** Who waits for a new link in place of one that no longer opens: people of these coaches, or whoever was told about them. */
export async function listLinksWanted(db: Db, area: string, coaches: readonly string[]) {
  return db
    .selectFrom('link.link as link')
    .innerJoin('episode.standing as standing', (join) =>
      join.onRef('standing.area', '=', 'link.area').on(isOfRecord('link.person')),
    )
    .select(['standing.episode', 'link.id', 'link.purpose', 'link.person', 'link.subject', 'link.asked_anew_at as at'])
    .select(sql<boolean>`link.withdrawn_at is not null`.as('isClosed'))
    .where('link.area', '=', area)
    .where(isWantedAnew())
    .where(isLookedAfterBy(area, coaches, 'standing.episode'))
    .orderBy('link.asked_anew_at')
    .execute()
}

// On whichever record of the person it was written.
function isOfRecord(person: string): RawBuilder<boolean> {
  return sql<boolean>`standing.person = any(array(select unnest(array[known.id, known.merged_into]) from people.person known
    where known.area = standing.area and known.id = ${sql.ref(person)}))`
}

/** Of whose needs it is time to ask again, by episode: twelve months after they were asked, or came without being asked. */
export async function listNeedsDue(db: Db, area: string, coaches: readonly string[], today: Temporal.PlainDate) {
  const due = sql<Temporal.PlainDate>`(coalesce(person.access_reviewed_on,
    (standing.received_at at time zone 'Europe/London')::date) + interval '12 months')::date`
  const rows = await db
    .selectFrom('episode.standing as standing')
    .innerJoin('people.person as person', (join) =>
      join.onRef('person.area', '=', 'standing.area').onRef('person.id', '=', 'standing.person'),
    )
    .select(['standing.episode', due.as('on')])
    .where('standing.area', '=', area)
    .where(sql<boolean>`standing.coach = any(${[...coaches]}::uuid[])`)
    .where('standing.ended_at', 'is', null)
    .where(sql<boolean>`(person.access_needs <> '{}' or person.access_note is not null)`)
    .where(due, '<=', today)
    .execute()
  return new Map(rows.map(({ episode, on }) => [episode, on]))
}
