import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Details, EmptyState, Inset } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { hidden, ruleInWords } from '#programme/masking/rules.ts'
import { keepDays, outcomes, type Told } from './rules.ts'

type Switch = Readonly<{ isOn: boolean; at: Temporal.Instant; by: string | null }>
type OffersProps = FormState &
  Readonly<{
    id: string
    switched: Switch | undefined
    told: Told
    since: string
    below: number
    now: Temporal.Instant
  }>

/** Whether practices are offered WorkWell beside a fit note in their own system, and what became of the offers. */
export const NoteOffers = ({ id, switched, told, since, below, now, problems, typed }: OffersProps) => (
  <Page
    title="Offers beside a fit note"
    lede="A practice’s records system can show that WorkWell may help, when somebody has a second fit note in a row or one of more than four weeks."
    back={{ href: '/area', label: 'Area' }}
    problems={problems}
    width="reading"
  >
    <Inset>
      <p>
        The system asks us with the fit notes alone, without a name. We keep nothing of the patient. The card that it
        shows has a link to the referral form.
      </p>
    </Inset>
    <p>{standing(switched, now)}</p>
    <Form action="/area/note-offers" fields={{ id, on: switched?.isOn ? 'no' : 'yes' }} {...{ problems, typed }}>
      <Button secondary={switched?.isOn === true}>{switched?.isOn ? 'Switch offers off' : 'Switch offers on'}</Button>
    </Form>
    <p>
      Which systems may ask stands with <a href="/area/clients">the other systems</a>.
    </p>
    <h2 className="nhsuk-heading-m">What became of them {since}</h2>
    {told.all === 0 ? (
      <EmptyState heading="No offer was shown">Numbers appear here once practices are shown offers.</EmptyState>
    ) : (
      <Numbers told={told} />
    )}
    <Details summary="How this is counted">
      <p>{ruleInWords(below)}</p>
      <p>
        An offer counts on the day on which it was shown. The same patient can be behind several: we do not know whom
        they are about. Some systems do not say what became of an offer. After {keepDays} days an offer is a number of
        its month, and what becomes of it counts no more.
      </p>
    </Details>
  </Page>
)

function standing(switched: Switch | undefined, now: Temporal.Instant): string {
  if (!switched) return 'Nobody has switched offers on.'
  const who = [inWords(switched.at, now), switched.by].filter(Boolean).join(', ')
  return `Offers are switched ${switched.isOn ? 'on' : 'off'} (${who}).`
}

type Line = Told['practices'][number]

const columns: readonly Column<Line>[] = [
  { key: 'name', label: 'Practice', names: true, cell: ({ name }) => name },
  { key: 'all', label: 'Shown', numeric: true, cell: ({ all }) => all },
  { key: 'accepted', label: outcomes.accepted.label, numeric: true, cell: ({ accepted }) => accepted },
  { key: 'overridden', label: outcomes.overridden.label, numeric: true, cell: ({ overridden }) => overridden },
  { key: 'none', label: outcomes.none.label, numeric: true, cell: ({ none }) => none },
]

const Numbers = ({ told }: Readonly<{ told: Told }>) =>
  told.all === hidden ? (
    <p>These are too few to be shown.</p>
  ) : (
    <>
      <Table
        caption="Offers by practice"
        columns={columns}
        rows={told.practices}
        rowKey={({ key }) => key || 'all'}
        empty="No practice was shown one."
      />
      <h3 className="nhsuk-heading-s">Why offers were set aside</h3>
      <SummaryList compact rows={told.reasons.map(({ label, count }) => ({ label, value: `${count}` }))} />
    </>
  )
