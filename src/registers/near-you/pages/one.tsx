import { Fragment, type ReactNode } from 'react'
import { LinkButton } from '#platform/html/buttons.tsx'
import { Card, Inset, WarningCallout } from '#platform/html/content.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { SummaryList, type SummaryRow } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { reachingRows } from '#platform/html/reaching.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { languages } from '#platform/language/rules.ts'
import type { Say } from '#platform/language/say.ts'
import { addressInWords } from '#registers/directory/rules.ts'
import { accesses, costs, type Listing, type ReferralWay } from '#registers/listing/rules.ts'
import { languageIn, nearYou, reachingIn } from '#registers/near-you/rules.ts'
import { dayIn, daysOf, type Location, stateOn } from '#registers/services/rules.ts'

type OneProps = Readonly<{
  area: Readonly<{ area: string; name: string; phone: string | null }>
  id: string
  listing: Listing
  owner: string
  places: readonly Readonly<{ id: string; location: Location }>[]
  today: Temporal.PlainDate
}>

/** One service for anybody: what it does, how to get in touch, when and where, what it costs, and how it stands. */
export const OneNearYou = (props: OneProps) => {
  const { area, id, listing, owner, places, today } = props
  const say = useSay()
  return (
    <Page
      title={listing.name}
      heading={<bdi lang="en">{listing.name}</bdi>}
      back={{ href: nearYou(area.area), label: 'Support near you' }}
      lede={<bdi lang="en">{listing.summary}</bdi>}
    >
      <p>{english(owner)}</p>
      <Standing {...listing} today={today} />
      <h2 className="nhsuk-heading-m">
        <Said text="How to get in touch" />
      </h2>
      <SummaryList rows={touchOf(listing, say)} />
      <h2 className="nhsuk-heading-m">
        <Said text="Good to know" />
      </h2>
      <SummaryList rows={knownOf(listing, say)} />
      <h2 className="nhsuk-heading-m">
        <Said text="Where it is" />
      </h2>
      {places.length === 0 ? (
        <p>
          <Said text="By phone or online" />
        </p>
      ) : (
        places.map((one) => <Place key={one.id} {...one.location} />)
      )}
      <Checked checkedOn={listing.checkedOn} somewhere={places.length > 0} />
      <AskMyCoach id={id} phone={area.phone} />
      <p>
        <a href={`/in/${area.area}/refer?from=${id}`}>
          <Said text="Do you work for this service? Refer somebody to us" />
        </a>
      </p>
    </Page>
  )
}

const headings = {
  paused: 'Paused: it takes nobody new now',
  closed: 'Closed',
  'to-come': 'Not open yet',
} as const

function Standing({ today, ...listing }: Listing & Readonly<{ today: Temporal.PlainDate }>) {
  const say = useSay()
  const state = stateOn(daysOf(listing), today)
  const notice = listing.notice ? <p lang="en">{listing.notice}</p> : null
  if (state === 'open') return notice ? <Inset>{notice}</Inset> : null
  const days = { paused: listing.pausedFrom, closed: listing.validUntil, 'to-come': listing.validFrom }
  const [day, again] = [dayIn(days[state]), state === 'paused' ? dayIn(listing.pausedUntil) : null]
  return (
    <WarningCallout heading={headings[state]}>
      {day ? (
        <p>
          {state === 'to-come' ? say('From {day}', { day: say.day(day) }) : say('Since {day}', { day: say.day(day) })}
        </p>
      ) : null}
      {again ? <p>{say('Open again from {day}', { day: say.day(again) })}</p> : null}
      {notice}
    </WarningCallout>
  )
}

const english = (words: ReactNode) => <bdi lang="en">{words}</bdi>
const lines = (all: readonly string[]) =>
  all.length === 0 ? null : english(all.map((line) => <div key={line}>{line}</div>))

function touchOf({ ways, howToRefer, ...listing }: Listing, say: Say): SummaryRow[] {
  const asked = ways.map((way) => say(waysIn[way]))
  const rows: SummaryRow[] = [
    ...reachingRows(reachingIn(languages[say.language].locale, listing)),
    { label: 'Who can ask for it', value: asked.length > 0 ? asked.join('. ') : null },
    { label: 'More about asking', value: howToRefer ? english(howToRefer) : null },
  ]
  return rows.filter(({ value }) => value !== null)
}

function spokenIn(spoken: readonly string[], say: Say): ReactNode {
  const { locale } = languages[say.language]
  const named = spoken.map((one) => (locale === 'en-GB' ? undefined : languageIn(locale, one)))
  return spoken.map((one, place) => (
    <Fragment key={one}>
      {place === 0 ? '' : say.language === 'ar' || say.language === 'ur' ? '، ' : ', '}
      {named[place] ?? english(one)}
    </Fragment>
  ))
}

const waysIn: Readonly<Record<ReferralWay, string>> = {
  self: 'You can ask for it yourself',
  coach: 'A coach or another professional refers you',
  gp: 'Your GP or another health professional refers you',
  jobcentre: 'The Jobcentre refers you',
  use: 'You can use it yourself',
}

function knownOf(
  { cost, costOptions, eligibility, languages: spoken, waitWeeks, waitOn, ...listing }: Listing,
  say: Say,
): SummaryRow[] {
  const waited = dayIn(waitOn)
  const weeks =
    waitWeeks === null ? null : say('{n, plural, =0 {No wait} one {# week} other {# weeks}}', { n: waitWeeks })
  const ages = agesIn(listing, say)
  const prices = costOptions.map(({ what, pence }) => (pence === null ? what : `${what}: £${(pence / 100).toFixed(2)}`))
  const rows: SummaryRow[] = [
    {
      label: 'Cost',
      value: (
        <>
          {say(costs[cost].label)}
          {lines(prices)}
        </>
      ),
    },
    {
      label: 'Waiting time',
      value:
        weeks === null
          ? say('Not known')
          : waited
            ? say('{weeks}, as of {day}', { weeks, day: say.day(waited) })
            : weeks,
    },
    { label: 'Age', value: ages },
    { label: 'Who it is for', value: eligibility ? english(eligibility) : null },
    { label: 'Languages', value: spoken.length > 0 ? spokenIn(spoken, say) : null },
  ]
  return rows.filter(({ value }) => value !== null)
}

function agesIn({ leastAge: least, mostAge: most }: Pick<Listing, 'leastAge' | 'mostAge'>, say: Say): string | null {
  if (least !== null && most !== null) return say('{from} to {until}', { from: `${least}`, until: `${most}` })
  if (least !== null) return say('{least} or over', { least })
  return most === null ? null : say('Up to {most}', { most })
}

const Place = (location: Location) => {
  const say = useSay()
  const known = location.access.flatMap((code) => {
    const found = Object.entries(accesses).find(([one]) => one === code)
    return found ? [say(found[1].label)] : []
  })
  const rows: SummaryRow[] = [
    { label: 'Address', value: english(addressInWords(location)) },
    ...(known.length > 0 ? [{ label: 'Getting in', value: known.join(', ') }] : []),
    ...(location.accessWords ? [{ label: 'More about getting in', value: english(location.accessWords) }] : []),
  ]
  return (
    <Card heading={english(location.name)} level={3}>
      <SummaryList compact rows={rows} />
    </Card>
  )
}

type CheckedProps = Pick<Listing, 'checkedOn'> & Readonly<{ somewhere: boolean }>

const Checked = ({ checkedOn, somewhere }: CheckedProps) => {
  const say = useSay()
  const checked = dayIn(checkedOn)
  return (
    <p className="ww-aside">
      {checked
        ? say('Somebody checked this on {day}.', { day: say.day(checked) })
        : say(somewhere ? 'Nobody has checked this yet. Ring before you go.' : 'Nobody has checked this yet.')}
    </p>
  )
}

// Whoever has not signed in is asked to, and comes back to the message with the name of the service in it.
const AskMyCoach = ({ id, phone }: Readonly<{ id: string; phone: string | null }>) => (
  <Card heading="Are you with us already?" tone="quiet">
    <p>
      <Said text="Your coach can tell you whether this fits, and can help you get there." />
    </p>
    <LinkButton href={`/my/messages?about=${id}`} secondary>
      Ask my coach about this
    </LinkButton>
    {phone ? (
      <p>
        <Said text="To talk to us, call {phone}." with={{ phone: <PhoneLink number={phone} /> }} />
      </p>
    ) : null}
  </Card>
)
