import { ButtonForm } from '#platform/html/buttons.tsx'
import { CopyLink, Inset, Panel, PrintLink, Steps } from '#platform/html/content.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import type { Route } from '#registers/organisations/rules.ts'
import { feedbackOf, type FeedbackWish } from '#journey/acknowledgement/rules.ts'
import type { Agreement } from '#journey/referral/rules.ts'
import { type Acknowledged, holdsLink, isOwn, sentInWords } from '#journey/self-referral/rules.ts'

type Place = Readonly<{ area: string; areaName: string; phone: string | null }>

type Confirmed = Readonly<{
  id: string
  reference: string
  route: Route
  agreement: Agreement
  feedback: FeedbackWish
  firstTryBy: Temporal.PlainDate | null
  firstSeenBy: Temporal.PlainDate | null
  /** Whether it came faster than a person fills it in: nobody is written to before the person says yes. */
  sentQuickly: boolean
}>

type ReceivedProps = Readonly<{ place: Place; sent: Confirmed; acknowledged: Acknowledged | undefined }>

/** Said once a referral was sent: its reference, what happens next and by when. */
export const Received = ({ place, sent, acknowledged }: ReceivedProps) => (
  <Page title={isOwn(sent) ? 'We have your request' : 'We have your referral'} heading={false}>
    <Panel heading={isOwn(sent) ? 'We have your request' : 'We have your referral'}>
      <Said text="Reference {reference}" with={{ reference: <strong>{sent.reference}</strong> }} />
    </Panel>
    <h2 className="nhsuk-heading-m">
      <Said text="What happens next" />
    </h2>
    {isOwn(sent) ? <YourNextSteps sent={sent} /> : <TheirNextSteps sent={sent} />}
    {isOwn(sent) ? <ForYou place={place} sent={sent} acknowledged={acknowledged} /> : null}
    {isOwn(sent) ? <WhileYouWait area={place.area} /> : null}
    <h2 className="nhsuk-heading-m">
      <Said text="If you want to talk to us" />
    </h2>
    <p>
      <Said
        text={place.phone ? '{phone}. Have the reference ready.' : 'Ask for {area}. Have the reference ready.'}
        with={{ phone: <PhoneLink number={place.phone ?? ''} />, area: place.areaName }}
      />
    </p>
    <p>
      <Said text="Keep the reference, or print this page." />
    </p>
    <p>
      <PrintLink />
    </p>
    <p>
      <a href={`/in/${place.area}`}>
        <Said text="Back to {area}" with={{ area: place.areaName }} />
      </a>
    </p>
  </Page>
)

const WhileYouWait = ({ area }: Readonly<{ area: string }>) => (
  <>
    <h2 className="nhsuk-heading-m">
      <Said text="While you wait" />
    </h2>
    <p>
      <a href={`/in/${area}/support-near-you`}>
        <Said text="See what support there is near you" />
      </a>
    </p>
  </>
)

function YourNextSteps({ sent: { firstTryBy, firstSeenBy } }: { sent: Confirmed }) {
  const say = useSay()
  return (
    <Steps>
      <li>
        {firstTryBy
          ? say('We try to reach you by {day}, only in the ways you said are safe.', { day: say.day(firstTryBy) })
          : say('We try to reach you, only in the ways you said are safe.')}
      </li>
      <li>
        {firstSeenBy
          ? say('A Work and Health Coach talks with you. We aim to offer you a time by {day}.', {
              day: say.day(firstSeenBy),
            })
          : say('A Work and Health Coach talks with you.')}
      </li>
      <li>
        {say('You agree together what would help. If we are not the right service, we help you find one that is.')}
      </li>
    </Steps>
  )
}

const ForYou = ({ place, sent, acknowledged }: ReceivedProps) => (
  <>
    {sent.firstTryBy === null ? (
      <p>
        <Said text="Before we do anything else, somebody from the team makes sure that this came from you." />
      </p>
    ) : (
      <ComingBack acknowledged={acknowledged} address={`/in/${place.area}/referred/${sent.id}/link`} />
    )}
    <Inset>
      <p>
        <Said text="This does not affect your benefits. It is your choice, and you can stop at any time." />
      </p>
    </Inset>
  </>
)

/** What was sent to them, or how they take a link along where nothing was. */
function ComingBack({ acknowledged, address }: { acknowledged: Acknowledged | undefined; address: string }) {
  const say = useSay()
  const words = sentInWords(acknowledged)
  const nothing = acknowledged
    ? 'Our message to you could not be sent. Keep the reference, or take a link along.'
    : 'We send you nothing, because there is no way to write to you that you said is safe.'
  return (
    <>
      <p>{words ? say(words.text, { to: words.to }) : say(nothing)}</p>
      {holdsLink(acknowledged) ? null : (
        <ButtonForm action={address} secondary>
          Get a link to keep
        </ButtonForm>
      )}
    </>
  )
}

/** A link to keep, shown this once. */
export const LinkToKeep = ({ area, referral, link }: { area: string; referral: string; link: string }) => (
  <Page title="Your link to come back by" back={{ href: `/in/${area}/referred/${referral}` }}>
    <p>
      <Said text="It shows what happens next with your request, for 90 days. Keep it where only you see it: whoever has it sees that page." />
    </p>
    <CopyLink label="Your link" address={link} />
    <p>
      <a href={link}>
        <Said text="Open it now" />
      </a>
    </p>
  </Page>
)

const told: Readonly<Record<FeedbackWish, string>> = {
  none: 'You asked to hear nothing more. You can ring us at any time.',
  received: 'We write to you that it arrived. After that we tell you nothing more, unless the person says so.',
  status:
    'We write to you that it arrived. We ask the person whether you may hear more, and tell you nothing else unless they agree.',
}

const toldOnceWanted =
  'We ask the person first. If they want this and let us tell you, we write to you that it arrived.'

function TheirNextSteps({ sent: { firstTryBy, route, ...sent } }: { sent: Confirmed }) {
  const feedback = feedbackOf(route, sent.feedback)
  const say = useSay()
  return (
    <Steps>
      <li>
        {firstTryBy
          ? say('We try to reach the person by {day}, only in the ways that are safe.', { day: say.day(firstTryBy) })
          : say(
              'The referral is held. We ask the person first whether they want this, and nothing else happens until they say yes.',
            )}
      </li>
      <li>{say(sent.sentQuickly && feedback !== 'none' ? toldOnceWanted : told[feedback])}</li>
    </Steps>
  )
}

/** Said where the area has not decided yet who receives referrals. */
export const CannotAskHere = ({ area, areaName, phone }: Place) => (
  <Page title="You cannot refer yourself online yet" caption={areaName} back={{ href: `/in/${area}` }}>
    <p>
      <Said
        text="{area} has not been set up to receive requests on this page. Nothing you typed was sent."
        with={{ area: areaName }}
      />
    </p>
    {phone ? (
      <p>
        <Said text="Call us instead: {phone}" with={{ phone: <PhoneLink number={phone} /> }} />
      </p>
    ) : null}
  </Page>
)
