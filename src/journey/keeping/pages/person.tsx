import { longDay } from '#platform/dates.ts'
import { ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Verdict, usualRules } from '#journey/keeping/rules.ts'

/** Something somebody asked about their record, and whether it is answered. */
export type AskedThing = Readonly<{ id: string; href: string; what: string; askedOn: Temporal.PlainDate }> &
  Readonly<{ answerBy: Temporal.PlainDate; answer: string | null }>

type PersonProps = Readonly<{
  person: Readonly<{ id: string; name: string }>
  verdict: Verdict
  asked: readonly AskedThing[]
  /** The organisations that hold the record now. */
  keepers: readonly string[]
  mayHold: boolean
  mayEdit: boolean
  today: Temporal.PlainDate
}>

/** How long one record is kept, and what the person asked about it. */
export const PersonKeeping = (props: PersonProps) => {
  const { person, verdict, asked, keepers, today, mayEdit, mayHold } = props
  return (
    <Page
      title="Their record and what they asked"
      caption={person.name}
      back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    >
      <p>
        Everybody may see what is written about them, say that it is wrong, and ask for it to be erased. Nobody loses
        support because they ask.
      </p>
      {mayEdit ? <Ask {...person} /> : null}
      <Table
        caption="What they asked"
        captionSize="m"
        columns={columns(today)}
        rows={asked}
        rowKey={({ id }) => id}
        empty="What they say is wrong, and what they ask to be erased, appears here with its answer."
      />
      <HowLong verdict={verdict} keepers={keepers} />
      {mayHold ? (
        <p>
          <a href={`/people/${person.id}/hold`}>Hold it back, or lift a hold</a>, for example while there is a claim.
        </p>
      ) : null}
    </Page>
  )
}

const HowLong = ({ verdict, keepers }: Pick<PersonProps, 'verdict' | 'keepers'>) => (
  <>
    <h2 className="nhsuk-heading-m">How long it is kept, and by whom</h2>
    <p>
      {keepers.length > 0
        ? `Kept by ${keepers.join(' and ')}.`
        : 'No organisation holds it now: the area keeps it, and the service manager answers for it.'}
    </p>
    {verdict.reasons.length > 0 ? (
      <ul className="nhsuk-list nhsuk-list--bullet">
        {verdict.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    ) : (
      <p>
        {usualRules[verdict.because].label}: it was kept until {longDay(verdict.keptUntil)}, and may be erased now.
      </p>
    )}
  </>
)

const Ask = ({ id }: PersonProps['person']) => (
  <ButtonGroup>
    <LinkButton href={`/people/${id}/corrections/new`} small>
      They say something is wrong
    </LinkButton>
    <LinkButton href={`/people/${id}/erasure-requests/new`} small secondary>
      They ask to be erased
    </LinkButton>
  </ButtonGroup>
)

const columns = (today: Temporal.PlainDate): readonly Column<AskedThing>[] => [
  { key: 'what', label: 'What', names: true, prose: true, cell: ({ href, what }) => <a href={href}>{what}</a> },
  { key: 'asked', label: 'Asked', nowrap: true, cell: ({ askedOn }) => longDay(askedOn) },
  {
    key: 'answer',
    label: 'Answer',
    prose: true,
    cell: ({ answer, answerBy }) =>
      answer ?? (
        <>
          <Tag colour={Temporal.PlainDate.compare(answerBy, today) < 0 ? 'red' : 'orange'}>
            {Temporal.PlainDate.compare(answerBy, today) < 0 ? 'Late' : 'Waiting'}
          </Tag>{' '}
          by {longDay(answerBy)}
        </>
      ),
  },
]
