import { longDay } from '#platform/dates.ts'
import { Inset } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Closure, fewestAnswers, type Median, type ServiceFigures } from './rules.ts'

type FiguresProps = Readonly<{
  service: Readonly<{ id: string; name: string }>
  figures: ServiceFigures
  from: Temporal.PlainDate
  until: Temporal.PlainDate
}>

/** How a service answers those who are passed on to it. */
export const FiguresOfService = ({ service, figures, from, until }: FiguresProps) => (
  <Page
    title="How it answers referrals"
    caption={service.name}
    lede={`Of what this area sent it from ${longDay(from)} to ${longDay(until)}.`}
    back={{ href: `/services/${service.id}`, label: service.name }}
    width="reading"
  >
    <SummaryList
      rows={[
        { label: 'Told us how it ended', value: closureInWords(figures.closure) },
        { label: 'Time to the first answer', value: medianInWords(figures.toAnswer) },
        { label: 'Time until it started', value: medianInWords(figures.toStart) },
      ]}
    />
    <Inset>
      <p>These figures do not change the order in which services are found, and say nothing of how good the help is.</p>
    </Inset>
    <h2 className="nhsuk-heading-m">How it is counted</h2>
    <ul>
      <li>
        The service has told us how it ended where it has said what came of it, or that it cannot help, by its link or
        to the team. What was taken back before it answered is not counted.
      </li>
      <li>The last four weeks are left out, so that answers had time to come.</li>
      <li>
        The middle means that half of them took no longer. The day on which it started is the one that was said first,
        by the service, the person or the team.
      </li>
      <li>
        The range is worked out so that in about 95 of 100 services it holds the rate that many more referrals would
        show, by the method of Wilson (1927). The fewer there are, the wider it is.
      </li>
      <li>Figures with fewer than {fewestAnswers} answers behind them are not shown.</li>
    </ul>
  </Page>
)

const percent = (rate: number): string => `${Math.round(rate * 100)} %`
const notShown = `Fewer than ${fewestAnswers} answers: not shown`

function closureInWords(closure: Closure | undefined): string {
  if (!closure) return notShown
  const { closed, sent, rate, interval } = closure
  return `${percent(rate)} (${closed} of ${sent}), range ${percent(interval.low)} to ${percent(interval.high)}`
}

function medianInWords(median: Median | undefined): string {
  if (!median) return notShown
  const { days, n } = median
  return `${days} ${days === 1 ? 'day' : 'days'} in the middle, of ${n}`
}
