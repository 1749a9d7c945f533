import { Fragment } from 'react'
import { Said, useSay } from './say.tsx'
import { shellAddresses, useShell } from './shell.tsx'

/** What every page ends with: that it is safe to ask for help, who to ring, and where facts come from. */
export function Footer({ atWork = false }: { atWork?: boolean | undefined }) {
  const { service, layout, area } = useShell()
  const say = useSay()
  return (
    <footer className="ww-footer">
      <div className="nhsuk-width-container">
        {layout === 'public' ? <CrisisHelp /> : null}
        {layout === 'public' && !atWork ? (
          <p className="ww-footer__promise">
            {say('{service} is free and by choice. Using it, or not using it, does not affect your benefits.', {
              service,
            })}
          </p>
        ) : null}
        <ul className="ww-footer__links">
          <li>
            <a href={shellAddresses.accessibility}>{say('Accessibility statement')}</a>
          </li>
          <li>
            <a href={layout === 'public' && area ? `/in/${area.code}/privacy` : shellAddresses.privacy}>
              {say('Privacy')}
            </a>
          </li>
        </ul>
        <details className="ww-footer__sources">
          <summary>{say('Where facts on these pages come from')}</summary>
          <p lang="en" dir="ltr">
            {attribution}
          </p>
        </details>
      </div>
    </footer>
  )
}

// The wording the licence of the reference facts in data/ asks for.
const attribution =
  'Contains public sector information licensed under the Open Government Licence v3.0. Source: Office for National Statistics, NHS England, Ministry of Housing, Communities and Local Government, Department for Work and Pensions. Contains OS data © Crown copyright and database right. Contains Royal Mail data © Royal Mail copyright and database right. Contains National Statistics data © Crown copyright and database right.'

function CrisisHelp() {
  const { area } = useShell()
  const say = useSay()
  return (
    <section className="ww-crisis" aria-labelledby="crisis-help">
      <h2 className="ww-crisis__heading" id="crisis-help">
        {say('If you need help now')}
      </h2>
      <p>{area?.crisisText ? <CrisisWords /> : <NationalHelp />}</p>
      {area?.phone ? (
        <p>
          <Said
            text="To talk to {area}: {phone}"
            with={{ area: area.name, phone: <PhoneLink number={area.phone} /> }}
          />
        </p>
      ) : null}
    </section>
  )
}

// What is rung in the United Kingdom: the short numbers, Samaritans, and any that begins with 0 or +44. Not an opening hour.
const phoneNumber = /(?<!\d)((?:\+44|0)(?:[ -]?\d){7,10}|116 ?\d{3}|999|111|112)(?!\d)/

/** Whom to ring in danger, as the area says it, in the language of the page, with each number ready to be rung. */
export function CrisisWords() {
  const { area } = useShell()
  const say = useSay()
  if (!area?.crisisText) return null
  const words = say(area.crisisText)
  // The numbers stand at the odd places.
  const linked = words
    .split(phoneNumber)
    .map((part, place) => <Fragment key={place}>{place % 2 === 1 ? <PhoneLink number={part} /> : part}</Fragment>)
  if (words !== area.crisisText || say.language === 'en') return <>{linked}</>
  return (
    <span lang="en" dir="auto">
      {linked}
    </span>
  )
}

// Shown until an area has written its own.
const NationalHelp = () => (
  <Said
    text="If your life is at risk, call {emergency}. For urgent mental health help, call {urgent} and choose option 2. To talk to Samaritans at any time, call {samaritans}."
    with={{
      emergency: <PhoneLink number="999" />,
      urgent: <PhoneLink number="111" />,
      samaritans: <PhoneLink number="116 123" />,
    }}
  />
)

/** A phone number that can be rung from a phone. */
export const PhoneLink = ({ number }: { number: string }) => (
  <a className="ww-phone" dir="ltr" href={`tel:${number.replaceAll(/[^\d+]/g, '')}`}>
    {number}
  </a>
)
