import type { Role } from '#platform/access/rules.ts'
import { renewedKind } from '#platform/notify/rules.ts'
import { wantedKind } from '#platform/link/rules.ts'
import { alertKind } from '#journey/alert/rules.ts'
import { newsKinds as copyKinds } from '#journey/copy/rules.ts'
import { answeredKind } from '#journey/rectification/rules.ts'
import { requestKind } from '#journey/request/rules.ts'
import { noteKind } from '#journey/acknowledgement/rules.ts'
import { changeKind } from '#journey/changeover/rules.ts'
import { linkPurpose } from '#journey/invitation/rules.ts'
import { noticeKinds } from '#journey/message/rules.ts'
import { questionKind } from '#journey/question/rules.ts'
import { askedKind } from '#journey/asked-by-link/rules.ts'
import { askingPurpose } from '#registers/own-questions/rules.ts'
import { toldKind } from '#journey/support/matter/rules.ts'
import { nudgedKind, ownLink, sentKind, serviceLink, shownKind, stoppedKind } from '#journey/onward-sending/rules.ts'
import { waits } from '#programme/waits-for-members/rules.ts'
import { nextKind } from '#journey/onward-telling/rules.ts'
import { helpKind, helpLink } from '#journey/onward-asking/rules.ts'
import { planKind, planLink } from '#journey/plan-offer/rules.ts'
import { remindKind } from '#journey/action-reminder/rules.ts'
import { passportPurpose } from '#journey/support/passport/rules.ts'
import { letterKind, threeWayPurpose } from '#journey/support/three-way/rules.ts'
import { employeeKind, employeePurpose, thanksKind } from '#journey/asked-by-employer/rules.ts'
import { codeKind } from '#registers/code/rules.ts'
import { invitedKind, joiningPurpose } from '#registers/joining/rules.ts'
import { ownerKind, ownerPurpose } from '#registers/owner-check/rules.ts'
import { removedKind } from '#registers/own-logins/rules.ts'
import { changedKind } from '#registers/own-ways/rules.ts'
import type { Switch } from '#registers/permissions/rules.ts'

/**
 * What allows a message or a link: one of the seven switches, whose newest answer is named by its id, or another ground
 * that is known to the outbox.
 */
export type Ground = Switch | 'asked-for' | 'invited' | 'on-duty' | 'listed' | 'received' | 'by-employer' | 'not known'

/** Whoever referred hears under the switch of their kind, and that it arrived without one. */
const referrers: readonly Ground[] = ['gp', 'employer', 'jobcentre', 'onward', 'received']

/** Every kind of message, and what allows it. A message of a kind that another ground names does not go. */
export const messageGrounds: Readonly<Record<string, readonly Ground[]>> = {
  [noteKind]: ['contact', ...referrers],
  'referral.accepted': referrers,
  'referral.started': referrers,
  'referral.ended': referrers,
  'referral.goes-on': referrers,
  [questionKind]: referrers,
  [requestKind]: ['employer', 'onward', 'gp'],
  // On paper, posted or handed over by the coach who says so.
  [letterKind]: ['employer'],
  [sentKind]: ['onward'],
  [nudgedKind]: ['onward'],
  // Whoever wants it no more asks that the service stops: it reads a reference, and nothing of anybody.
  [stoppedKind]: ['asked-for'],
  [shownKind]: ['contact'],
  [helpKind]: ['contact'],
  [nextKind]: ['contact'],
  [ownerKind]: ['listed'],
  [renewedKind]: ['contact', 'asked-for', 'listed', ...referrers, 'not known'],
  [wantedKind]: ['asked-for'],
  // Their employer says that they agreed to be written to: it says who did, and nothing of them.
  [employeeKind]: ['by-employer'],
  [thanksKind]: ['asked-for'],
  'appointment.booked': ['asked-for', 'contact'],
  'appointment.offered': ['asked-for'],
  'appointment.reminder': ['asked-for', 'contact'],
  'appointment.moved': ['asked-for', 'contact'],
  'appointment.cancelled': ['asked-for', 'contact'],
  [noticeKinds.notice]: ['contact'],
  [noticeKinds.words]: ['contact'],
  [changeKind]: ['contact'],
  [askedKind]: ['contact'],
  [toldKind]: ['contact'],
  [planKind]: ['contact'],
  [remindKind]: ['contact'],
  [codeKind]: ['asked-for'],
  [copyKinds.ready]: ['asked-for'],
  [copyKinds.longer]: ['asked-for'],
  [answeredKind]: ['asked-for'],
  [changedKind]: ['asked-for'],
  [removedKind]: ['asked-for'],
  [alertKind]: ['on-duty'],
  // To members, of what waits where they sign in: not who, and not what for.
  [waits.inbox]: ['on-duty'],
  [waits.contested]: ['on-duty'],
  [invitedKind]: ['invited'],
}

/** Every purpose of a link, and what allows it. */
export const linkGrounds: Readonly<Record<string, readonly Ground[]>> = {
  'come-back': ['contact', 'asked-for', 'not known'],
  [joiningPurpose]: ['invited', 'not known'],
  referral: referrers,
  'referral-received': ['received'],
  request: ['employer', 'onward', 'gp'],
  [serviceLink]: ['onward'],
  [ownLink]: ['contact', 'asked-for'],
  [helpLink]: ['contact'],
  // Opens nothing but what the open directory says.
  [ownerPurpose]: ['listed'],
  [threeWayPurpose]: ['employer'],
  // Whom it is about made it, and sends it to whom they choose.
  [passportPurpose]: ['asked-for'],
  // Sent while they agree to be contacted, or given to them by hand.
  [askingPurpose]: ['contact', 'asked-for'],
  [linkPurpose]: ['asked-for'],
  [employeePurpose]: ['by-employer'],
  // Sent under the contact they agreed to, or handed on by a coach who talks with them.
  [planLink]: ['contact', 'asked-for'],
}

/** Messages to a person that open or say more than what happens next: their plan, questions about health, another service, what a coach wrote. */
export const forThemAlone: readonly string[] = [
  ...[planKind, askedKind, shownKind, helpKind, nextKind],
  ...[noticeKinds.words, 'appointment.offered'],
]

/** The purposes of links by which somebody reads and answers what is theirs alone. */
export const opening: readonly string[] = [linkPurpose, planLink, askingPurpose, ownLink, helpLink]

/** Whether a link to a person opens more than what happens next, so that it has to have gone to a way that is known to be theirs. */
export const opensMore = (purpose: string | undefined): boolean => purpose !== undefined && opening.includes(purpose)

/** What a page, a list, a file or a job tells somebody who is not of the team. */
export type Telling =
  /** Nothing about anybody. */
  | 'nothing'
  /** What whoever is there gave, or may read of themselves. */
  | 'own'
  /** What `mayDisclose` allows, asked each time. */
  | 'asked'
  /** Numbers, the small ones hidden outside the reporting boundary. */
  | 'counts'
  /** Only what goes through the outbox, on its grounds. */
  | 'outbox'

/** Roles that do not work with people's records. */
export const outsideRoles: readonly Role[] = [
  'referrer',
  'jobcentre-partner',
  'provider-lead',
  'provider',
  'area-lead',
  'council-lead',
  'national-team',
  'assessor',
  'finance-approver',
  'evaluator',
]

/** What each address tells that is open to somebody outside; `*` stands for whatever follows. */
export const doors: readonly (readonly [address: string, telling: Telling])[] = [
  ['/l/:link*', 'asked'],
  ['/my-referrals*', 'asked'],
  ['/inbox*', 'asked'],
  ['/my-area', 'nothing'],
  ['/my*', 'own'],
  ['/in/:area/refer*', 'own'],
  // Whoever opened the form from their own system reads what that system said, and nothing of ours.
  ['/in/:area/launch*', 'own'],
  ['/in/*', 'nothing'],
  ['/calendars/:link', 'own'],
  ['/monitoring*', 'counts'],
  ['/fit-note-requests/counts*', 'counts'],
  ['/pilots/:pilot/result', 'counts'],
  // What is tried and in which words, and how each ended: nobody who takes part is on these pages.
  ['/pilots*', 'nothing'],
  ['/profile*', 'counts'],
  ['/staff-and-money*', 'counts'],
  ['/budget/*', 'counts'],
  ['/gaps*', 'counts'],
  ['/referring-services*', 'counts'],
  ['/intensive-programmes*', 'nothing'],
  // How many people a change of rules would affect, and for whoever may list them who they are.
  ['/area/eligibility*', 'counts'],
  ['/area/coverage*', 'counts'],
  // How often a link was used that an organisation hands over: how many, and nobody.
  ['/area/links*', 'counts'],
  ['/area*', 'nothing'],
  ['/drafts*', 'own'],
  ['/session', 'own'],
  ['/home', 'nothing'],
  ['/more', 'nothing'],
  ['/members*', 'nothing'],
  ['/organisations*', 'nothing'],
  ['/places*', 'nothing'],
  ['/services*', 'nothing'],
  ['/sharing*', 'nothing'],
  ['/sign-*', 'nothing'],
  ['/signed-out', 'nothing'],
  ['/stand-in/*', 'nothing'],
  ['/privacy', 'nothing'],
  ['/benefits', 'nothing'],
  ['/accessibility', 'nothing'],
  ['/api', 'nothing'],
  ['/leave', 'nothing'],
  ['/', 'nothing'],
]

/** What an address tells; undefined where nobody has said so. */
export function tellingOf(address: string): Telling | undefined {
  const opens = ([door]: (typeof doors)[number]) =>
    door.endsWith('*') ? address.startsWith(door.slice(0, -1)) : address === door
  return doors.find(opens)?.[1]
}

/** What each job tells somebody outside: what leaves goes through the outbox, which asks again, or asks itself. */
export const jobTellings: Readonly<Record<string, Telling>> = {
  'episode.moved': 'outbox',
  // To the system of whoever referred, which is asked for each time it goes.
  'replies.send': 'asked',
  // To the system that sent a referral: where it is read, and that only while it may be.
  'webhooks.send': 'asked',
  'action.remind': 'outbox',
  'onward.ask': 'outbox',
  'onward.next-told': 'outbox',
  'members.waits': 'outbox',
  'onward.taken-back': 'outbox',
  'onward.silence': 'outbox',
  'notify.send': 'outbox',
  'notify.another-way': 'outbox',
  'code.send': 'outbox',
  'alert.unheard': 'outbox',
}

/**
 * Whether what a message or a link rests on is one of the grounds of its kind: a yes to research opens no letter to an
 * employer. What has no line above is refused by the test that walks all of them, and not in the middle of the night.
 */
export function isGround(grounds: readonly Ground[] | undefined, under: string | undefined): boolean {
  return grounds === undefined || grounds.some((one) => one === under)
}
