import type { Db } from '#platform/database/transaction.ts'
import { dayOf } from '#platform/dates.ts'
import type { App } from '#platform/http/app.ts'
import type { Databases } from '#platform/database/router.ts'
import { type LinkParts, type LinkPurposes, linkRoutes } from '#platform/link/routes.tsx'
import { findSent } from '#platform/link/renewal.ts'
import type { Link } from '#platform/link/rules.ts'
import type { Answered } from '#platform/mailbox/rules.ts'
import type { Settings } from '#platform/settings.ts'
import { findReader } from '#registers/access-needs/store.ts'
import { findArea } from '#registers/areas/store.ts'
import { joiningPurpose } from '#registers/joining/rules.ts'
import { isKnownAsTheirs } from '#registers/means/store.ts'
import { isClosed } from '#registers/online/store.ts'
import { isStillAllowed } from '#registers/permissions/store.ts'
import { ownersAnswer } from '#registers/owner-answer/routes.tsx'
import { ownerPurpose } from '#registers/owner-check/rules.ts'
import { mayAnswerFor } from '#registers/owner-answer/store.ts'
import { findAsked } from '#registers/owner-check/store.ts'
import { ownersForm } from '#registers/proposing/routes.tsx'
import { findCalling, findWords } from '#registers/templates/store.ts'
import { comeBack } from '#journey/come-back/routes.tsx'
import { answeredRoutes } from '#journey/answered/routes.tsx'
import { newLinkRoutes } from '#journey/new-link/routes.tsx'
import { questionRoutes } from '#journey/question/routes.tsx'
import { ownReferral, referrerRoutes } from '#journey/referrer/routes.tsx'
import { employeesChoice } from '#journey/asked-by-employer/routes.tsx'
import { employeePurpose } from '#journey/asked-by-employer/rules.ts'
import { isStillToBeAsked } from '#journey/asked-by-employer/store.ts'
import { page } from '#journey/self-referral/store.ts'
import { isToldOfNotTakenUp } from '#journey/fit-note-result/store.ts'
import { answeringRequest, requestRoutes } from '#journey/request/routes.tsx'
import { withdrawalRoutes } from '#journey/withdrawal/routes.tsx'
import { isAwayOn } from '#journey/absence/store.ts'
import { findOpenEpisode } from '#journey/episode/store.ts'
import { linkPurpose } from '#journey/invitation/rules.ts'
import { concernFromAnswer } from '#journey/safety/store.ts'
import { agreePlan, holdPlan } from '#journey/agreement/store.ts'
import { planByLink } from '#journey/plan-answer/routes.tsx'
import { planLink } from '#journey/plan-offer/rules.ts'
import { ownAppointment } from '#journey/self-booking/routes.tsx'
import { askingPurpose } from '#registers/own-questions/rules.ts'
import { questionsByLink } from '#registers/own-questions/routes.tsx'
import { passportPurpose } from '#journey/support/passport/rules.ts'
import { passportByLink } from '#journey/support/passport/routes.tsx'
import { answeringThreeWay, mayOpenThreeWay } from '#journey/support/employers-answer/routes.tsx'
import { ownLink, serviceLink } from '#journey/onward-sending/rules.ts'
import { mayOpenOnward } from '#journey/onward-link/store.ts'
import { onwardByLink } from '#journey/onward-answer/routes.tsx'
import { ownOnwardByLink } from '#journey/own-onward/routes.tsx'
import { helpLink } from '#journey/onward-asking/rules.ts'
import { helpByLink } from '#journey/onward-asking/routes.tsx'
import { mayOpenHelp } from '#journey/onward-asking/store.ts'
import { threeWayPurpose } from '#journey/support/three-way/rules.ts'
import { saveAnswer } from '#journey/request/store.ts'
import { saveWithdrawal } from '#journey/withdrawal/store.ts'
import { ownersFigures } from '#programme/onward-figures/routes.tsx'
import { isGround, linkGrounds, opensMore } from './disclosing.ts'
import { joiningHere } from './signing-in.ts'

/** What links need of the settings: what proves them, and where what follows from them is sent from. */
type LinkSettings = Pick<Settings, 'origin' | 'secret'> & Answered

/** Everything that a link may open, by its purpose. */
function purposesOfLinks(settings: LinkSettings, databases: Databases): LinkPurposes {
  const { secret } = settings
  return {
    'come-back': comeBack(isTheirsToOpen),
    [joiningPurpose]: joiningHere(databases),
    referral: ownReferral(keeps, { secret }),
    'referral-received': ownReferral(keeps, { secret, onlyReceived: true }),
    request: answeringRequest({ secret, isOnlyToBeRead: isToldOfNotTakenUp }),
    [linkPurpose]: ownAppointment(settings),
    [passportPurpose]: passportByLink,
    [askingPurpose]: questionsByLink(answering),
    [serviceLink]: onwardByLink({ secret }),
    [ownLink]: ownOnwardByLink(settings),
    [helpLink]: helpByLink,
    [threeWayPurpose]: answeringThreeWay({ secret }),
    [employeePurpose]: employeesChoice({ secret, form: { page, part: 'name' } }),
    [planLink]: planByLink(agreeing, { secret }),
    [ownerPurpose]: ownersAnswer({ form: ownersForm, figures: ownersFigures, origin: settings.origin }),
  }
}

const answering = { openEpisodeOf: findOpenEpisode, alert: concernFromAnswer, isAway: isAwayOn }
const keeps = { saveAnswer, saveWithdrawal }
const agreeing = { hold: holdPlan, keep: agreePlan }

/** What the door for links asks of the registers and the stages. */
export function linking(settings: LinkSettings, databases: Databases): LinkParts {
  return {
    purposes: purposesOfLinks(settings, databases),
    team: async (db, link) => {
      const email = (await findArea(db, link.area))?.email
      const at = await recordOf(db, link)
      return email ? { email, record: at === undefined ? undefined : `${settings.origin}${at}` } : undefined
    },
    mayOpen: async (db, link, now) => {
      const may = await isStillAllowed(db, link)
      if (!may.allowed || !isGround(linkGrounds[link.purpose], may.under)) return false
      if (opensMore(link.purpose) && !(await isTheirsToOpen(db, link))) return false
      if (link.purpose === serviceLink || link.purpose === ownLink) return mayOpenOnward(db, link)
      if (link.purpose === ownerPurpose) return mayAnswerFor(db, link, dayOf(now))
      if (link.purpose === employeePurpose) return isStillToBeAsked(db, { ...link, about: link.subject }, now)
      if (link.purpose === helpLink) return mayOpenHelp(db, link)
      return link.purpose !== threeWayPurpose || mayOpenThreeWay(db, link)
    },
    words: async (db, { area, what, format, reader, facts, on }) => {
      // Whoever lives with a person may see what they get; an employer or a referrer is to know who writes.
      const [called, read, there] = await Promise.all([
        reader === null ? nameOf(db, area) : findCalling(db, area, on),
        reader === null ? undefined : findReader(db, area, reader),
        findArea(db, area),
      ])
      const named = { area: called, phone: there?.phone ?? null, ...facts }
      return findWords(db, { area, template: what, format, facts: named, ...(read ? { reader: read } : {}) })
    },
  }
}

/**
 * Whether a link was given by hand, or went to a way that is known to be the person's own while their access online is not
 * closed: somebody else may read what reaches that way.
 */
async function isTheirsToOpen(db: Db, link: Pick<Link, 'area' | 'message'>): Promise<boolean> {
  const sent = await findSent(db, link)
  if (!sent || sent.person === null || sent.recipient !== 'person') return true
  if (await isClosed(db, link.area, sent.person)) return false
  // Checked: the outbox refuses any other channel, and letters are not looked up.
  const channel = sent.channel as 'email' | 'text'
  return isKnownAsTheirs(db, { area: link.area, person: sent.person, channel, address: sent.address })
}

/** Where the team finds what a link is about: a record, or a service of the directory. */
async function recordOf(db: Db, { area, person, purpose, subject }: Whereof) {
  if (person !== null) return `/people/${person}`
  if (purpose !== ownerPurpose || subject === null) return undefined
  const asked = await findAsked(db, area, subject)
  return asked && `/services/${asked.service}/owner-check`
}

type Whereof = Parameters<LinkParts['team']>[1]

const nameOf = async (db: Db, area: string) => (await findArea(db, area))?.name ?? 'the service'

/** The door for links, and where the team sends a new one in place of one that no longer opens. */
export function linkDoors(settings: LinkSettings, databases: Databases) {
  const parts = linking(settings, databases)
  return async (app: App): Promise<void> => {
    await linkRoutes(parts)(app)
    await newLinkRoutes(parts)(app)
  }
}

/** The pages by which people outside are asked and told, and by which staff read what they say. */
export async function outsideRoutes(app: App): Promise<void> {
  for (const routes of [withdrawalRoutes, requestRoutes, answeredRoutes, questionRoutes, referrerRoutes])
    await routes(app)
}
