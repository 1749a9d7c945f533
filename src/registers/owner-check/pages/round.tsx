import { inWords } from '#platform/dates.ts'
import { ButtonForm } from '#platform/html/buttons.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { Progress, StandsStill } from '#platform/html/progress.tsx'
import { mostADay, type Round, standsStill } from '#registers/owner-check/rules.ts'

const number = (count: number) => count.toLocaleString('en-GB')

type BeginProps = Readonly<{ due: number; months: number; days: number }>

/** Before the owners of all services that are due are asked: how many, and what they get. */
export const BeginRound = ({ due, months, days }: BeginProps) => (
  <Page
    title="Ask the owners of all that are due"
    lede={`${due === 1 ? '1 service was' : `${number(due)} services were`} not checked for ${months === 1 ? 'a month' : `${months} months`}.`}
    back={{ href: '/services/checking', label: 'Check services' }}
    width="reading"
  >
    <p>
      Each owner with an email address gets a link for each service, in a message that names nobody. What they change
      waits for a decision, unless the settings of the area say otherwise.
    </p>
    <p>
      Nobody is asked about a service twice within {days} days, or about more than {mostADay} services in a day.
      Services for staff only, and closed ones, are left out.
    </p>
    {due === 0 ? (
      <p>There is nothing to ask about.</p>
    ) : (
      <ButtonForm action="/services/owner-checks">Send the links</ButtonForm>
    )}
  </Page>
)

type RoundProps = Readonly<{ round: Round; days: number; now: Temporal.Instant }>

/** How far asking the owners of all services that are due has come. */
export const RoundPage = ({ round, days, now }: RoundProps) => (
  <Page
    title={round.finishedAt === null ? 'Owners are being asked' : 'Owners were asked'}
    lede={`All services that were due ${inWords(round.at, now)}: ${number(round.due)}.`}
    back={{ href: '/services/checking', label: 'Check services' }}
    width="reading"
  >
    {round.finishedAt === null ? (
      <Progress
        label="Services looked at"
        done={round.lookedAt}
        of={round.due}
        words={`${number(round.lookedAt)} of ${number(round.due)}`}
        href={`/services/owner-checks/${round.id}`}
      />
    ) : null}
    {standsStill(round, now) ? (
      <StandsStill
        stands={{ reason: undefined, again: undefined, since: round.movedAt }}
        now={now}
        action={`/services/owner-checks/${round.id}/going-on`}
      />
    ) : null}
    <SummaryList
      rows={[
        { label: 'Links sent', value: number(round.sent) },
        { label: 'No email address known', value: number(round.withoutAddress) },
        { label: 'Left for later', value: number(round.askedLately) },
      ]}
    />
    <p>
      Left for later are services whose owner was asked within {days} days, and those of an owner who has been asked
      about {mostADay} services today. Whoever has no address can be rung: their number is on the page of the service.
    </p>
  </Page>
)
