import { type Actor, careRoles } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { addWorkingDays, dayOf, type Holidays, isWorkingDay, startOfDay } from '#platform/dates.ts'
import { optionalChoice } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { listDidNotWork } from '#journey/action/store.ts'
import { actionLines } from '#journey/action-reminder/rules.ts'
import { listActionsDue } from '#journey/action-reminder/store.ts'
import { listUnseenAnswers } from '#journey/plan-offer/store.ts'
import { isAway } from '#journey/absence/rules.ts'
import { listAbsences, listCovered } from '#journey/absence/store.ts'
import { listDayAppointments, listTaken, listWithoutResult } from '#journey/appointment/store.ts'
import { freeTimes } from '#journey/booking/rules.ts'
import { listWaitingFor } from '#journey/alert/store.ts'
import { listEpisodes, listForDay } from '#journey/caseload/store.ts'
import { listUnanswered } from '#journey/contact/store.ts'
import { listAskedOfThem, listWroteToUs } from '#journey/message/store.ts'
import { modes } from '#journey/invitation/rules.ts'
import { endingDays } from '#journey/fit-note/rules.ts'
import { listOffers } from '#journey/passing-on/store.ts'
import { listNotesEnding } from '#journey/fit-note/store.ts'
import { talkLines } from '#journey/fit-note-request/rules.ts'
import { listConversationsDue } from '#journey/fit-note-request/store.ts'
import { conflictLines } from '#journey/onward-conflict/rules.ts'
import { listConflicts } from '#journey/onward-conflict/store.ts'
import { listUnheardLines } from '#journey/heard/store.ts'
import { goneLines } from '#journey/service-gone/rules.ts'
import { listGone } from '#journey/service-gone/store.ts'
import { listReviewsDue } from '#journey/plan/store.ts'
import { linkLines, saidLines } from '#journey/day/outside/rules.ts'
import { clearedBy, type DayLine, dayReasons } from '#journey/day/reasons/rules.ts'
import { newsOf } from '#journey/day/news/rules.ts'
import { listChanges } from '#journey/day/news/store.ts'
import { listOpenConcerns } from '#journey/concern-list/store.ts'
import { shutLines } from '#journey/shut-out/rules.ts'
import { listShutOut } from '#journey/shut-out/store.ts'
import { listNext } from '#journey/supervision/store.ts'
import { listTasks } from '#journey/support/team/store.ts'
import { listObjected } from '#journey/support/matter/store.ts'
import { listCarryingOn } from '#journey/support/week-limit/store.ts'
import type { AreaSettings } from '#registers/areas/rules.ts'
import { findSettings } from '#registers/areas/store.ts'
import { calledName } from '#registers/people/rules.ts'
import { findHolidays } from '#registers/places/store.ts'
import { type DayRow, MyDay } from './pages/day.tsx'
import * as rules from './rules.ts'
import * as store from './store.ts'

/** Somebody who is offered to others: since when, why it is looked at, and where. */
type Offered = Readonly<{ episode: string; at: Temporal.Instant; because: string; href: string }>
/** Whom these coaches have offered to others without an answer since a moment, or with a question; whoever keeps the offers answers it. */
export type ListOffered = (
  db: Db,
  of: Readonly<{ area: string; coaches: readonly string[]; before: Temporal.Instant }>,
) => Promise<readonly Offered[]>

/** A coach's day: whom they look after or cover for has something to be done today, and what. */
export const dayRoutes =
  (listOffered: ListOffered, titleOf: (kind: string) => string) =>
  async (app: App): Promise<void> => {
    const rule = { who: careRoles, verb: 'list', reads: 'list' } as const
    app.get('/day', { ...rule, query: { reason: optionalChoice(dayReasons) } }, async (request, reply) => {
      const { db, actor, now, today } = request
      const { reason } = request.query
      const [coaches, holidays, settings] = await Promise.all([
        listCovered(db, actor.area, actor.membership, today),
        findHolidays(db),
        findSettings(db, actor.area, today),
      ])
      const since = addWorkingDays(today, -1, holidays)
      const [{ rows, people }, hours, changes, waiting, tasks, supervisions, offers] = await Promise.all([
        whatToDo({ db, actor, now }, coaches, { settings, listOffered }),
        hoursToday({ db, actor, now }, holidays, settings),
        listChanges(db, actor, { coaches, since, now }),
        listWaitingFor(db, actor),
        listTasks(db, actor.area, actor.membership),
        listNext(db, actor.area, actor.membership, today),
        listOffers(db, actor),
      ])
      const troubles = changes.troubles.map((one) => ({ ...one, title: titleOf(one.kind) }))
      const news = newsOf({ ...changes, troubles }, people, actor.membership)
      const shown = rows.filter((row) => reason === null || rules.reasonsOf(row).includes(reason))
      const offered = offers.filter((one) => one.to === actor.membership && one.answer === null).length
      const own = people.filter(({ stage, coach }) => stage !== 'aftercare' && coach === actor.membership)
      const seen = [...shown.map(({ first }) => first), ...hours.appointments, ...news]
      await request.read('day.list', { codes: { shown: [...new Set(seen.map(({ person }) => person))] } })
      const counts = rules.countsByReason(rows.flatMap(({ first, others }) => [first, ...others]))
      return reply.page(
        <MyDay
          {...{ ...hours, today, now, news, since, counts, reason, waiting, tasks, supervisions, offered }}
          {...{ me: actor.membership, caseload: own.length }}
          rows={shown}
        />,
      )
    })
  }

type Asking = Readonly<{ db: Db; actor: Actor; now: Temporal.Instant }>
type People = Awaited<ReturnType<typeof listForDay>>

type Around = Readonly<{ settings: AreaSettings; listOffered: ListOffered }>

/** Everybody of these coaches, and who of them has something to be done, one line for each act that clears it. */
async function whatToDo({ db, actor, now }: Asking, coaches: readonly string[], { settings, listOffered }: Around) {
  const { area } = actor
  const today = dayOf(now)
  const [due, concerns, without, carrying, reviews, unanswered, wrote, asked, said, needs, own, offered, notes] =
    await Promise.all([
      listForDay(db, actor, { coaches, today }),
      listOpenConcerns(db, actor, coaches),
      listWithoutResult(db, actor, { coaches, now }),
      listCarryingOn(db, area, coaches),
      listReviewsDue(db, area, coaches, today),
      listUnanswered(db, area, coaches),
      listWroteToUs(db, area, coaches),
      listAskedOfThem(db, area, coaches),
      elsewhere(db, { area, coaches, now }),
      store.listNeedsDue(db, area, coaches, today),
      whatTheySaid(db, area, coaches),
      listOffered(db, { area, coaches, before: now.subtract({ hours: 24 * settings.answerDays }) }),
      listNotesEnding(db, area, { coaches, today, until: today.add({ days: endingDays }) }),
    ])
  const [worrying, past, given] = [byEpisode(concerns), byEpisode(without), byEpisode(offered)]
  const there = [...worrying, ...past, ...wrote, ...asked, ...said, ...given, ...own.ids, ...notes].map(([one]) => one)
  const people = [...due, ...(await others({ db, actor, now }, due, there))]
  const lines: DayRow[] = people.flatMap((person) => {
    const { episode } = person
    const limit_on = rules.laterDay(person.limit_on, carrying.get(episode))
    const also = { limit_on, reviewOn: reviews.get(episode), unansweredSince: unanswered.get(episode) }
    const messages = { wroteSince: wrote.get(episode), askedSince: asked.get(episode), needsOn: needs.get(episode) }
    const ended = { noteEndsOn: notes.get(episode), ...own.of(episode) }
    const why = [
      ...concernLines(worrying.get(episode)),
      ...withoutResultLines(past.get(episode)),
      ...(said.get(episode) ?? []),
      ...offeredLines(given.get(episode)),
      ...rules.reasonsToday({ ...person, ...also, ...messages, ...ended }, { today, settings, day: dayOf }),
    ]
    const covered = person.coach !== actor.membership
    return rules.withoutTwice(why).map((line) => ({ ...person, ...line, covered, ...clearedBy(line, person) }))
  })
  return { rows: rules.joined(rules.byPressure(lines)), people }
}

/** What people said themselves that nobody has seen: that something did not work, and no to the team. */
async function whatTheySaid(db: Db, area: string, coaches: readonly string[]) {
  const [tried, no] = await Promise.all([listDidNotWork(db, area, coaches), listObjected(db, area, coaches)])
  const of = (episode: string) => ({ triedSince: tried.get(episode), objectedSince: no.get(episode) })
  return { ids: [...tried, ...no], of }
}

/** The first of each episode: the most pressing, as they are listed. */
function byEpisode<Row extends Readonly<{ episode: string }>>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.toReversed().map((row) => [row.episode, row]))
}

/** Those with nothing due of whom something else has to be looked at: few, and mostly nobody. */
async function others({ db, actor }: Asking, due: People, episodes: readonly string[]) {
  const there = new Set(due.map(({ episode }) => episode))
  const missing = episodes.filter((episode) => !there.has(episode))
  return missing.length > 0 ? listEpisodes(db, actor, missing) : []
}

type Concern = Awaited<ReturnType<typeof listOpenConcerns>>[number]

const concernLines = (concern: Concern | undefined): DayLine[] =>
  concern ? [{ reason: 'safety', because: 'A concern is open', on: concern.next_look_on }] : []

const withoutResultLines = (past: Readonly<{ startsAt: Temporal.Instant }> | undefined): DayLine[] =>
  past ? [{ reason: 'result', because: 'How did it go?', on: dayOf(past.startsAt) }] : []

type Elsewhere = Readonly<{ area: string; coaches: readonly string[]; now: Temporal.Instant }>

/** What waits on pages of its own, by episode: what others said or wait for, and conversations to be held. */
async function elsewhere(db: Db, { area, coaches, now }: Elsewhere): Promise<Map<string, DayLine[]>> {
  const [of, today] = [[db, area, coaches] as const, dayOf(now)]
  const outside = [store.listUnread(...of), store.listLinksWanted(...of), listUnseenAnswers(...of)] as const
  const onDay = { area, coaches, today }
  const own = [listConversationsDue(...of), listActionsDue(db, onDay), listUnheardLines(...of, today)] as const
  const ofThem = [
    store.listOfServices(...of),
    listConflicts(...of),
    listGone(db, onDay),
    listShutOut(...of, now),
  ] as const
  const all = await Promise.all([...ofThem, ...outside, ...own])
  const [services, differ, gone, closed, unread, links, plans, talks, actions, unheard] = all
  const said = Map.groupBy([...unread, ...services], ({ episode }) => episode)
  const [wanted, answered, due] = [byEpisode(links), byEpisode(plans), byEpisode(talks)]
  const [differing, going, shut] = [byEpisode(differ), byEpisode(gone), byEpisode(closed)]
  const doing = Map.groupBy(actions, ({ episode }) => episode)
  const ofOthers = (one: string) => [
    ...shutLines(shut.get(one)),
    ...(said.get(one) ?? []).flatMap(saidLines),
    ...[...conflictLines(differing.get(one)), ...goneLines(going.get(one)), ...linkLines(wanted.get(one))],
    ...(unheard.get(one) ?? []),
  ]
  const ofTheirs = (one: string) => [...rules.planLines(answered.get(one)), ...talkLines(due.get(one), today)]
  const whose = [said, shut, differing, going, wanted, answered, unheard, due, doing].flatMap((one) => [...one.keys()])
  return new Map(whose.map((one) => [one, [...ofOthers(one), ...ofTheirs(one), ...actionLines(doing.get(one))]]))
}

/** What was offered to others and waits, with where it is looked at, asked after or taken back. */
const offeredLines = (offered: Offered | undefined): DayLine[] =>
  offered ? [{ reason: 'offered', because: offered.because, on: dayOf(offered.at), at: offered.href }] : []

/** The appointments of today, and the time that none of them holds; none on a day on which nobody works. */
async function hoursToday({ db, actor, now }: Asking, holidays: Holidays, { officeFrom, officeUntil }: AreaSettings) {
  const { area, membership: member } = actor
  const today = dayOf(now)
  const whole = { startsAt: startOfDay(today), endsAt: startOfDay(today.add({ days: 1 })) }
  const [found, taken, absences] = await Promise.all([
    listDayAppointments(db, actor, { members: [member], day: today }),
    listTaken(db, area, member, whole),
    listAbsences(db, area, today),
  ])
  const works = isWorkingDay(today, holidays) && !absences.some((one) => one.member === member && isAway(one, today))
  return {
    appointments: found.map(({ id, startsAt, endsAt, mode, ...person }) => ({
      ...{ id, startsAt, endsAt, name: calledName(person), mode: modes[mode].label, person: person.person },
    })),
    works,
    free: works ? freeTimes(taken, { day: today, now, officeFrom, officeUntil }) : [],
  }
}
