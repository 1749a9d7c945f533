import { isBefore, shortDay } from '#platform/dates.ts'
import { HitList, type HitProps } from '#platform/html/hits.tsx'
import { capacities, costs, takesReferrals } from '#registers/listing/rules.ts'
import { isOpenAt } from '#registers/marks/rules.ts'
import { standingInWords } from '#registers/directory/rules.ts'
import { reasonsOf, type Shown, waitSaid } from '#registers/seeking/rules.ts'
import { dayIn, daysOf, serviceStates, stateOn } from '#registers/services/rules.ts'
import { perPage } from '#registers/sifting/rules.ts'
import type { Results } from '#journey/matching/rules.ts'

/** What was found, best first, with what decides whether to open it and why it stands here. */
export const Hits = ({ found, ...results }: Results) =>
  found.length === 0 ? null : (
    <HitList
      label="Services"
      start={(results.page - 1) * perPage + 1}
      hits={found.map((one) => hitOf(one, { found, ...results }))}
    />
  )

const colours = { open: 'green', paused: 'yellow', closed: 'grey', 'to-come': 'blue' } as const
const mostShown = 200

function hitOf({ ticks, ...one }: Results['found'][number], { wanted, today, at, refersFrom }: Results): HitProps {
  const { listing, owner, kinds } = one
  const days = daysOf(listing)
  const state = stateOn(days, today)
  const reasons = reasonsOf(one, wanted)
  return {
    ...{ key: one.id, href: `/services/${one.id}`, heading: listing.name },
    tag: state === 'open' ? undefined : { label: serviceStates[state].label, colour: colours[state] },
    under: [owner, kinds.join(', ') || 'No kind yet', state === 'open' ? null : standingInWords(days, today)]
      .filter(Boolean)
      .join(' · '),
    text: listing.summary.length > mostShown ? `${listing.summary.slice(0, mostShown).trimEnd()}…` : listing.summary,
    facts: factsOf(one, today, at),
    fits: ticks,
    reason: reasons.length === 0 ? undefined : `${reasons.join('. ')}.`,
    actions:
      refersFrom !== undefined && state === 'open' && takesReferrals(listing) ? (
        <a href={`/episodes/${refersFrom}/onward/new?service=${one.id}`}>
          Refer<span className="nhsuk-u-visually-hidden"> to {listing.name}</span>
        </a>
      ) : undefined,
  }
}

function factsOf({ listing, places }: Shown, today: Temporal.PlainDate, at: Results['at']): HitProps['facts'] {
  const { waitWeeks, waitOn, capacity, cost, checkedOn, phones, openings } = listing
  const [waited, checked] = [dayIn(waitOn), dayIn(checkedOn)]
  const wait = waitSaid({ waitWeeks, waitOn: waited }, today)
  const asOf = waited ? `, as of ${shortDay(waited)}${wait.isOld ? ': ask again' : ''}` : ''
  const towns = [...new Set(places.map(({ town, name }) => town ?? name))]
  const [phone] = phones
  return [
    { label: 'Where', value: towns.join(', ') || 'By phone or online' },
    { label: 'Waiting time', value: wait.words === null ? 'Not known' : `${wait.words}${asOf}` },
    ...(capacity ? [{ label: 'Room', value: capacities[capacity].label }] : []),
    { label: 'Cost', value: costs[cost].label },
    ...(phone ? [{ label: 'Phone', value: phone.number }] : []),
    ...(openings.length > 0 ? [{ label: 'Hours', value: isOpenAt(listing, at) ? 'Open now' : 'Not open now' }] : []),
    { label: 'Last checked', value: checked ? checkedInWords(checked, today) : 'Not yet' },
  ]
}

const checkedInWords = (on: Temporal.PlainDate, today: Temporal.PlainDate) =>
  isBefore(on, today.subtract({ months: 12 })) ? `${shortDay(on)}, more than a year ago` : shortDay(on)
