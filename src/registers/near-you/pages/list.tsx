import type { FormState } from '#platform/form/rules.ts'
import { ButtonForm } from '#platform/html/buttons.tsx'
import { SelectFrom, Tick } from '#platform/html/choices.tsx'
import { EmptyState } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Form } from '#platform/html/form.tsx'
import { HitList, type HitProps } from '#platform/html/hits.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { languages } from '#platform/language/rules.ts'
import type { Say } from '#platform/language/say.ts'
import { costs } from '#registers/listing/rules.ts'
import { isOpenAt } from '#registers/marks/rules.ts'
import { addressOf, type Found, nearYou, ownNames, sentFor } from '#registers/near-you/rules.ts'
import type { Shown } from '#registers/seeking/rules.ts'
import { daysOf, serviceStates, stateOn, supportKinds } from '#registers/services/rules.ts'
import { isNarrowed, mostFound, perPage } from '#registers/sifting/rules.ts'
import { Nearest, reasonFor } from './nearest.tsx'

/** The support of an area as anybody looks for it, without signing in. */
export const SupportNearYou = ({ problems, typed, ...found }: Found & FormState) => {
  const { area, wanted, count } = found
  const looked = wanted.words !== null || isNarrowed(wanted)
  return (
    <Page
      title="Support near you"
      caption={area.name}
      lede="Local and national services that may help: while you wait for us, or if we are not the right service for you."
      back={{ href: `/in/${area.area}`, label: area.name }}
      problems={problems}
    >
      <Look {...{ problems, typed, ...found }} />
      {found.isForgotten ? (
        <p>
          <Said text="What was typed is not part of a link. Type it again to look for it." />
        </p>
      ) : null}
      <Understood {...found} />
      {count === 0 ? <Nothing {...found} /> : <Hits {...found} />}
      <MorePages {...found} />
      {looked ? (
        <p>
          <a href={nearYou(area.area)}>
            <Said text="Start a new search" />
          </a>
        </p>
      ) : null}
    </Page>
  )
}

const MorePages = (found: Found) => {
  const { page, count } = found
  const pages = Math.ceil(Math.min(count, mostFound) / perPage)
  return (
    <ul className="nhsuk-list">
      {page < pages ? (
        <li>
          <a href={addressOf(found, page + 1)} rel="next">
            <Said text="Next page" />
          </a>
        </li>
      ) : null}
      {page > 1 ? (
        <li>
          <a href={addressOf(found, page - 1)} rel="prev">
            <Said text="Previous page" />
          </a>
        </li>
      ) : null}
    </ul>
  )
}

const Look = ({ area, wanted, problems, typed }: Found & FormState) => {
  const say = useSay()
  return (
    <search aria-label={say('Look for support')}>
      <Form className="ww-look" action={nearYou(area.area)} problems={problems} typed={typed}>
        <TextField
          name="words"
          label="What do you need help with?"
          hint="For example: debt, low mood, housing"
          type="search"
          value={wanted.words ?? ''}
        />
        <TextField name="place" label="Town or postcode" value={wanted.place ?? ''} width={10} />
        <SelectFrom
          name="kind"
          label="Kind of support"
          list={supportKinds}
          value={wanted.kind ?? undefined}
          empty="All"
        />
        <SelectFrom
          name="speaks"
          label="Language"
          list={ownNames(languages[say.language].locale)}
          value={wanted.language ?? undefined}
          empty="Any language"
        />
        <Tick name="cost" label="Free of charge" value={wanted.cost === 'free'} />
        <Tick name="open" label="Open now" value={wanted.open} />
        <button type="submit" className="nhsuk-button">
          <Said text="Search" />
        </button>
      </Form>
    </search>
  )
}

/** How the words and the place were understood. */
const Understood = (found: Found) => {
  const { area, wanted, shownFor, around, count } = found
  const say = useSay()
  return (
    <div aria-live="polite">
      <p>
        <strong>
          {count > mostFound
            ? say('More than 1,000 services. Say more of what you need.')
            : say('{n, plural, one {# service} other {# services}}', { n: count })}
        </strong>
      </p>
      {shownFor === null ? null : (
        <p>
          <Said text="Shown for {words}." with={{ words: <bdi lang="en">{shownFor}</bdi> }} />
        </p>
      )}
      {shownFor === null ? null : (
        <ButtonForm action={nearYou(area.area)} fields={sentFor(wanted, { exactly: true })} asLink>
          Search for what you typed instead
        </ButtonForm>
      )}
      <Nearest {...found} />
      {around === null || around.known === 'postcode' ? null : (
        <p className="ww-aside">
          {around.middle
            ? say('We do not know exactly where this is. The miles are about right.')
            : say(
                'We do not know where this is on the map. You see services with it in their address, and those by phone or online.',
              )}
        </p>
      )}
    </div>
  )
}

const Nothing = ({ area, wanted }: Found) => (
  <EmptyState heading="No service fits">
    <p>
      <Said text="Use fewer or other words. Say what you need help with, not what it is called." />
    </p>
    {wanted.place === null ? null : (
      <ButtonForm action={nearYou(area.area)} fields={sentFor(wanted, { place: null })} asLink>
        Look everywhere
      </ButtonForm>
    )}
    {area.phone ? (
      <p>
        <Said text="To talk to us, call {phone}." with={{ phone: <PhoneLink number={area.phone} /> }} />
      </p>
    ) : null}
  </EmptyState>
)

const Hits = (found: Found) => {
  const say = useSay()
  return (
    <>
      <p className="ww-aside">
        <Said text="Services say in English what they do." />
      </p>
      <HitList
        label={say('Services')}
        start={(found.page - 1) * perPage + 1}
        hits={found.found.map((one) => hitOf(one, found, say))}
      />
    </>
  )
}

const colours = { open: 'green', paused: 'yellow', closed: 'grey', 'to-come': 'blue' } as const
const mostShown = 200

function hitOf(one: Shown, { area, wanted, today, at }: Found, say: Say): HitProps {
  const { listing, owner, kinds } = one
  const state = stateOn(daysOf(listing), today)
  return {
    ...{ key: one.id, href: `${nearYou(area.area)}/${one.id}`, heading: <bdi lang="en">{listing.name}</bdi> },
    tag: state === 'open' ? undefined : { label: serviceStates[state].label, colour: colours[state] },
    under: <bdi lang="en">{owner}</bdi>,
    text: (
      <bdi lang="en">
        {listing.summary.length > mostShown ? `${listing.summary.slice(0, mostShown).trimEnd()}…` : listing.summary}
      </bdi>
    ),
    facts: [
      { label: 'Where', value: whereOf(one, say) },
      ...(kinds.length > 0 ? [{ label: 'Kind of support', value: kinds.map((kind) => say(kind)).join(', ') }] : []),
      { label: 'Cost', value: say(costs[listing.cost].label) },
      ...(listing.waitWeeks === null ? [] : [{ label: 'Waiting time', value: weeksIn(listing.waitWeeks, say) }]),
      ...(listing.openings.length > 0
        ? [{ label: 'Hours', value: isOpenAt(listing, at) ? say('Open now') : say('Not open now') }]
        : []),
    ],
    reason: reasonFor(one, wanted, say),
  }
}

const weeksIn = (weeks: number, say: Say) => say('{n, plural, =0 {No wait} one {# week} other {# weeks}}', { n: weeks })

function whereOf({ places, miles }: Shown, say: Say) {
  if (places.length === 0) return say('By phone or online')
  const towns = <bdi lang="en">{[...new Set(places.map(({ town, name }) => town ?? name))].join(', ')}</bdi>
  if (miles === null) return towns
  const away =
    miles < 0.75
      ? say('less than 1 mile away')
      : say('{n, plural, one {# mile away} other {# miles away}}', { n: Math.round(miles) })
  return (
    <>
      {towns} ({away})
    </>
  )
}
