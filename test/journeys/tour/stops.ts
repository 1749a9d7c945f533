import { isFor } from '#platform/access/rules.ts'
import type { RouteLine } from '#platform/http/route.ts'
import type { TestApp } from '#test/app.ts'
import type { Cast, Member } from '#test/cast.ts'
import type { Filled } from './filled.ts'
import { onwardStops } from './onward.ts'

/** One page to look at: where it is, and who looks at it. A stranger has no account, a participant sees their own record. */
export type Stop = Readonly<{ path: string; as: Member | 'stranger' | 'participant'; status: number }>

/** Routes that show no page of their own. */
export const noPage: Readonly<Record<string, string>> = {
  '/home': 'leads on to where the role begins its day',
  '/in/:area/refer-yourself': 'leads on to the first of the five pages',
  '/leave': 'leads away from here',
  '/in/:area/leave': 'leads away from here, and forgets what was typed',
  '/sign-in/:provider': 'leads on to the provider',
  '/sign-in/:provider/callback': 'is where the provider sends somebody back to',
  '/sign-out/:provider': 'leads on to the provider',
  '/in/:area/sign-in/with/:provider': 'leads on to the provider of a participant',
  '/my/sign-in/:provider/callback': 'is where the provider sends a participant back to',
  '/stand-in/*': 'is the protocol of the stand-in',
  '/stand-in/people/:sign/:subject': 'leads back with who was chosen',
  '/area/referral-form/:system/:format': 'is a form for practices',
  '/mailbox/:mail/files/:file': 'is a file that came by email',
  '/outbox/:message/letter': 'is a letter to file, which few messages have',
  '/my/copy/:copy/file': 'is a file for computers',
  '/appointments/:appointment/calendar': 'is a file for a calendar',
  '/calendars/:link': 'is what a calendar fetches',
}

const isFile = /\.(csv|json|ics)$/

type Asked = Readonly<{ app: TestApp; filled: Filled }>

// Opened by nobody's records system.
const fromNowhere = {
  '/in/:area/launch': { path: '/in/north/launch', status: 404 },
  '/in/:area/launch/back': { path: '/in/north/launch/back', status: 400 },
}

/** Pages for which somebody else, or something else, has to stand in the address. */
function otherwise({
  app: { cast },
  filled: { parts, completed, drafted, fresh },
}: Asked): Readonly<Record<string, Partial<Stop>>> {
  const { twin = '', pair = '', apart = '', parted = '', untold = '', copy = '', given = '', unconfirmed = '' } = parts
  return {
    '/memberships': { as: cast.coach },
    ...{ ...fromNowhere, ...onwardStops(parts) },
    '/more': { as: cast.manager },
    '/coaches/:member/hours': { as: cast.manager },
    '/coaches/:member/hours/new': { as: cast.manager },
    '/coaches/:member/exceptions/new': { as: cast.manager },
    '/coaches/:member/video': { as: cast.manager },
    '/coaches/:member/calendar': { path: `/coaches/${cast.coach.membership}/calendar` },
    '/passing-on/all': { path: `/passing-on/all?coach=${cast.coach.membership}` },
    '/stand-in/people/:sign': { path: '/sign-in/stand-in' },
    '/episodes/:episode/plan/agreement': { path: `/episodes/${drafted.episode}/plan/agreement` },
    '/episodes/:episode/plan/sending': { path: `/episodes/${drafted.episode}/plan/sending` },
    '/episodes/:episode/plan/draft': { path: `/episodes/${fresh.episode}/plan/draft` },
    '/monitoring/lists': { path: '/monitoring/lists?month=2025-12&item=received' },
    '/episodes/:episode/follow-ups/:weeks': { path: `/episodes/${completed.episode}/follow-ups/13` },
    '/referrals/:referral/telling': { path: `/referrals/${untold}/telling` },
    '/people/:person/referrals/new': { path: `/people/${completed.person}/referrals/new` },
    '/people/:person/fit-notes/new/:kind': { path: `/people/${completed.person}/fit-notes/new/ahp-report` },
    '/people/:person/fit-note-requests/:asked/telling': { path: parts['toTell'] ?? '' },
    '/people/:person/duplicates': { path: `/people/${twin}/duplicates` },
    '/people/duplicates/elsewhere/:pair': { path: `/people/duplicates/elsewhere/${apart}` },
    '/people/duplicates/elsewhere/:pair/reversal': { path: `/people/duplicates/elsewhere/${parted}/reversal` },
    '/area/questionnaires/margins/:instrument': { path: '/area/questionnaires/margins/wsas' },
    '/winding-up/:notice': { as: cast.providerManager },
    '/winding-up/:notice/people': { as: cast.providerManager },
    '/copies/:copy': { as: cast.manager },
    '/copies/:copy/extension': { as: cast.manager },
    '/copies/:copy/parts/:part': { path: `/copies/${copy}/parts/contact`, as: cast.manager },
    '/my/details/ways/:means/code': { path: `/my/details/ways/${unconfirmed}/code` },
    '/my/copy/:copy': { path: `/my/copy/${given}` },
    '/copies/:copy/document': { path: `/copies/${given}/document` },
    '/people/:person/duplicates/:pair': { path: `/people/${twin}/duplicates/${pair}` },
  }
}

/** The same pages where there is less to show, or where the answer is no. */
function besides({ app: { cast }, filled: { parts, completed, fresh } }: Asked): readonly Stop[] {
  const seen = (as: Stop['as'], path: string, status = 200): Stop => ({ as, path, status })
  return [
    seen(cast.coach, `/people/${completed.person}`),
    seen(cast.coach, `/episodes/${completed.episode}/completion`),
    seen(cast.coach, `/people/${fresh.person}`),
    seen(cast.coach, `/episodes/${fresh.episode}/plan`),
    seen(cast.coach, `/episodes/${fresh.episode}/contacts`),
    seen(cast.manager, `/people/${parts['hidden'] ?? ''}`),
    seen(cast.providerManager, `/handovers/${parts['handover'] ?? ''}`),
    seen(cast.administrator, '/imports/episodes'),
    seen(cast.administrator, '/imports/episodes/columns'),
    seen(cast.coach, `/onward/${parts['sentOnward'] ?? ''}`),
    seen(cast.coach, parts['heardByEmail'] ?? ''),
    seen(cast.coach, '/area/settings', 403),
    seen('stranger', '/nowhere', 404),
    seen('stranger', '/l/north.nothing', 404),
  ]
}

/** Every page of the product for somebody it is meant for, and the lists once more in an area where there is nobody. */
export function stopsOf(asked: Asked): readonly Stop[] {
  const pages = pagesOf(asked.app)
  return [
    ...pages.map((line) => stopAt(asked, line)),
    ...pages.flatMap((line) => emptied(asked, line)),
    ...besides(asked),
  ]
}

/** The routes that show a page, as the product itself lists them. */
export function pagesOf({ product }: TestApp): readonly RouteLine[] {
  return product.lines.filter(({ method, path }) => method === 'GET' && !(path in noPage) && !isFile.test(path))
}

function stopAt(asked: Asked, { path, rule }: RouteLine): Stop {
  const { app, filled } = asked
  const others = { anyone: 'stranger', participant: 'participant' } as const
  const as = rule.who === 'anyone' || rule.who === 'participant' ? others[rule.who] : memberFor(app.cast, rule.who)
  const other = otherwise(asked)[path]
  return { as, status: 200, ...other, path: other?.path ?? addressOf(path, filled.parts) }
}

// What a colleague of the area has: nobody elsewhere has such a colleague.
const aboutColleagues = new Set(['/passing-on/all'])

/** A list without a part in its address, seen from an area where nobody was ever referred. */
function emptied(asked: Asked, { path, rule }: RouteLine): readonly Stop[] {
  if (rule.verb === undefined || path.includes(':') || aboutColleagues.has(path)) return []
  const { cast } = asked.app
  const as = [cast.coachElsewhere, cast.managerElsewhere].find(({ role }) => isFor(rule.who, role))
  return as ? [{ as, path: otherwise(asked)[path]?.path ?? path, status: 200 }] : []
}

function memberFor(cast: Cast, who: RouteLine['rule']['who']): Member {
  const { coach, manager, seniorCoach, administrator, ...others } = cast
  const found = [coach, manager, seniorCoach, administrator, ...Object.values(others)].find(({ role }) =>
    isFor(who, role),
  )
  if (!found) throw new Error(`Nobody of the cast is one of: ${String(who)}. Give test/cast.ts somebody who is.`)
  return found
}

function addressOf(route: string, parts: Filled['parts']): string {
  return route.replaceAll(/:(\w+)/g, (_whole, name: string) => {
    const part = parts[name]
    if (part) return part
    throw new Error(
      `The tour does not know what to put in ${route} for ${name}. Fill it in test/journeys/tour/filled.ts, or say in test/journeys/tour/stops.ts that the route shows no page.`,
    )
  })
}
