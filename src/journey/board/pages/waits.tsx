import { WarningCallout } from '#platform/html/content.tsx'
import { Figure } from '#platform/html/lists.tsx'

/** How many requests about records wait, and until when. */
export type Requests = Readonly<{ late: number; soon: number; later: number }>

/** What nobody has answered yet and the reader was told of. */
export const WaitsForYou = ({ waiting }: Readonly<{ waiting: readonly unknown[] }>) =>
  waiting.length === 0 ? null : (
    <WarningCallout heading="This cannot wait, and you are the one to look at it">
      <p>
        {waiting.length === 1 ? 'Something waits' : `${waiting.length} things wait`} for an answer:{' '}
        <a href="/day">open it on your day</a>
      </p>
    </WarningCallout>
  )

/** The requests about records that wait for an answer, by when it is due. */
export const RequestsDue = ({ late, soon, later }: Requests) =>
  late + soon + later === 0 ? null : late + soon === 0 ? (
    <p>
      {later === 1 ? 'Somebody waits' : `${later} people wait`} for an answer about their record, due in more than 7
      days: <a href="/record-requests">see who asked</a>
    </p>
  ) : (
    <WarningCallout heading="Somebody waits for an answer about their record">
      <p>
        {[...requestsThat(late, 'overdue'), ...requestsThat(soon, 'due within 7 days')].join(', and ')}:{' '}
        <a href="/record-requests">see who asked</a>
      </p>
    </WarningCallout>
  )

/** People whom other areas offered and whom the reader may answer. */
export const Arrived = ({ people }: Readonly<{ people: number }>) =>
  people === 0 ? null : (
    <WarningCallout heading="Another area waits for your answer">
      <p>
        {people === 1 ? '1 person was offered by another area: ' : `${people} people were offered by other areas: `}
        <a href="/arrivals">{people === 1 ? 'look at the arrival' : 'look at the arrivals'}</a>
      </p>
    </WarningCallout>
  )

const requestsThat = (count: number, how: string) =>
  count === 0 ? [] : [count === 1 ? `1 request about a record is ${how}` : `${count} requests about records are ${how}`]

type Coming = Readonly<{ undecided: number; forms: number }>

/** Referrals that nobody has decided about, and the forms by email that are still to become some. */
export const Undecided = ({ undecided, forms }: Coming) => (
  <Figure
    number={undecided}
    label="Referrals to decide"
    href="/people?list=undecided"
    note={forms > 0 ? <WaitingForms forms={forms} /> : undefined}
  />
)

const WaitingForms = ({ forms }: Pick<Coming, 'forms'>) => (
  <a href="/mailbox">{forms === 1 ? '1 form by email waits' : `${forms} forms by email wait`}</a>
)
