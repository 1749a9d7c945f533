import { PrintLink } from '#platform/html/content.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Handout } from '#platform/html/handout.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { ShellContext, useShell } from '#platform/html/shell.tsx'
import type { Language } from '#platform/language/rules.ts'
import type { Points, PrintedPlan, PrintFormat } from '#journey/my-plan/rules.ts'
import { type About, Choose } from './choose.tsx'
import { PhasedReturn } from './phased-return.tsx'
import { PrintedGoal } from './printed-goal.tsx'

type PrintProps = Readonly<{
  about: About
  plan: PrintedPlan
  format: PrintFormat
  points: Points
  /** The words around what was written, and whether nobody has checked them yet; as on other pages where it is not said. */
  spoken: Readonly<{ language: Language; isDraft: boolean }> | undefined
}>

/** A person’s own copy of their plan, black on white, to keep: in the format they need, without the name of who printed it. */
export function PrintPlan({ spoken, ...props }: PrintProps) {
  const shell = useShell()
  // Another language is chosen for the page as it usually is.
  const here = `${props.about.action}?format=standard`
  const words = spoken && { language: spoken.language, draftLanguage: spoken.isDraft }
  return (
    <ShellContext value={{ ...shell, ...words, here }}>
      {props.about.own ? (
        <Copy {...props} isDraft={false} />
      ) : (
        <Handout>
          <Copy {...props} isDraft={spoken?.isDraft === true} />
        </Handout>
      )}
    </ShellContext>
  )
}

const Copy = ({
  about,
  plan,
  format,
  points,
  isDraft,
}: Omit<PrintProps, 'spoken'> & Readonly<{ isDraft: boolean }>) => (
  <Page
    title="Your plan"
    caption={about.person}
    back={{ href: about.back, label: about.own ? 'Back to my plan' : 'Back to the plan' }}
    actions={<PrintLink>Print this plan</PrintLink>}
    width="reading"
  >
    <Choose {...{ about, format }} />
    {isDraft ? <Draft /> : null}
    <div className={classOf(format, points)}>
      <Standing plan={plan} />
      {plan.goals.map((goal, place) => (
        <PrintedGoal key={goal.id} {...{ goal, format }} number={place + 1} />
      ))}
      {plan.phased ? (
        <PhasedReturn
          phased={plan.phased}
          heading="Your return to work, week by week"
          listed={format === 'easy-read' || points !== undefined}
        />
      ) : null}
      <Onwards plan={plan} />
    </div>
  </Page>
)

const classOf = (format: PrintFormat, points: Points): string =>
  ['ww-printed', `ww-printed--${format}`, points ? `ww-printed--${points}` : ''].filter(Boolean).join(' ')

const Draft = () => (
  <p className="ww-draft-language">
    <Said text="This is a draft translation. No translator has checked it yet. If something is unclear, call us or read it in English." />
  </p>
)

function Standing({ plan: { agreedOn } }: Readonly<{ plan: PrintedPlan }>) {
  const say = useSay()
  return (
    <p>
      {agreedOn
        ? say('We agreed this plan on {day}.', { day: say.day(agreedOn) })
        : say('We have not agreed this plan yet. It is a draft.')}
    </p>
  )
}

/** When it is looked at again, who to ask, and that it is their choice. */
function Onwards({ plan: { reviewOn, targetOn, coach } }: Readonly<{ plan: PrintedPlan }>) {
  const say = useSay()
  const { area } = useShell()
  return (
    <>
      {reviewOn || targetOn ? (
        <>
          <Heading text="When we look at it again" />
          {reviewOn ? <p>{say('We will look at this plan together on {day}.', { day: say.day(reviewOn) })}</p> : null}
          {targetOn ? <p>{say('You would like to be there by {day}.', { day: say.day(targetOn) })}</p> : null}
        </>
      ) : null}
      {coach !== null || area?.phone ? <Heading text="Who to ask" /> : null}
      {coach === null ? null : (
        <p>
          <Said text="Your coach is {name}." with={{ name: coach }} />
        </p>
      )}
      {area?.phone ? (
        <p>
          <Said text="To talk to us, call {phone}." with={{ phone: <PhoneLink number={area.phone} /> }} />
        </p>
      ) : null}
      <Heading text="Your choice" />
      <p>
        <Said text="Taking part is your choice. You can change this plan or stop at any time. It does not affect your benefits." />
      </p>
    </>
  )
}

const Heading = ({ text }: Readonly<{ text: string }>) => (
  <h2 className="nhsuk-heading-m">
    <Said text={text} />
  </h2>
)
