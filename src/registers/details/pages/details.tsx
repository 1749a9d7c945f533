import type { ReactNode } from 'react'
import { CardGrid } from '#platform/html/arrangement.tsx'
import { Card, Inset, Tag } from '#platform/html/content.tsx'
import { ButtonForm, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { type SummaryRow, SummaryList, Timeline } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { inWords, longDay } from '#platform/dates.ts'
import {
  calledName,
  deathInWords,
  hidesContact,
  type Part,
  parts,
  type Person,
  spokenNhsNumber,
} from '#registers/people/rules.ts'
import { needInWords, sharingInWords } from '#registers/access-needs/rules.ts'
import { type Changed, changeInWords, reviewDueOn } from '#registers/details/rules.ts'
import { kindInWords, type Means, onOneLine, useInWords } from '#registers/means/rules.ts'

type DetailsProps = Readonly<{
  person: Person
  merged: readonly Readonly<{ given_name: string; family_name: string }>[]
  means: readonly Means[]
  council: string | undefined
  changes: readonly Changed[]
  reviewDue: boolean
  mayRestrict: boolean
  now: Temporal.Instant
}>

/** Who somebody is, how to reach them and what they need, with who changed what. */
export const Details = (props: DetailsProps) => {
  const { person, merged, means, council, changes, reviewDue, mayRestrict, now } = props
  const hidden = hidesContact(person)
  return (
    <Page
      title="Details"
      caption={calledName(person)}
      back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
      actions={person.restricted ? <Tag colour="red">Restricted</Tag> : undefined}
    >
      {person.died_on ? (
        <Inset>
          {calledName(person)} {deathInWords(person)}. Nothing is sent to them any more.
        </Inset>
      ) : null}
      <CardGrid>
        <PartCard person={person} part="names" rows={[...nameRows(person), ...knownAs(merged)]} />
        <PartCard person={person} part="home" rows={hidden ? [] : homeRows(person, council)} hidden={hidden} />
        <MeansCard person={person} means={means} hidden={hidden} />
        <PartCard person={person} part="safety" rows={safetyRows(person)} />
        <PartCard person={person} part="language" rows={languageRows(person)} />
        <PartCard person={person} part="access" rows={accessRows(person)}>
          <p>
            <a href={`/people/${person.id}/needs`}>What is done about each need</a>
          </p>
          {reviewDue ? <ReviewDue person={person} /> : null}
        </PartCard>
      </CardGrid>
      <Others person={person} mayRestrict={mayRestrict} />
      <h2>Who changed what</h2>
      <Timeline
        empty="Changes to these details appear here, with who made them."
        happenings={changes.map((one) => ({
          key: one.id,
          what: changeInWords(one),
          when: inWords(one.at, now),
          moment: one.at.toString(),
          by: one.by ?? undefined,
        }))}
      />
    </Page>
  )
}

type PartProps = Readonly<{
  person: Person
  part: Part
  rows: readonly SummaryRow[]
  hidden?: boolean
  children?: ReactNode
}>

function PartCard({ person, part, rows, hidden = false, children }: PartProps) {
  const href = `/people/${person.id}/details/${part}`
  return (
    <Card heading={parts[part].label} actions={<ChangeLink href={href} part={part} hidden={hidden} />}>
      {hidden ? <Hidden /> : <SummaryList compact rows={rows} />}
      {children}
    </Card>
  )
}

const ChangeLink = ({ href, part, hidden }: Readonly<{ href: string; part: Part; hidden: boolean }>) => (
  <a href={href}>
    {hidden ? 'Show or change' : 'Change'}
    <span className="nhsuk-u-visually-hidden"> {parts[part].label.toLowerCase()}</span>
  </a>
)

const Hidden = () => (
  <p>
    Hidden here because the record is restricted. Whoever opens it is written down like every other look at a record.
  </p>
)

function MeansCard({ person, means, hidden }: Readonly<{ person: Person; means: readonly Means[]; hidden: boolean }>) {
  const href = `/people/${person.id}/details/means`
  return (
    <Card
      heading="How to reach them"
      actions={
        <a href={href}>
          {hidden ? 'Show or change' : 'Add or change'}
          <span className="nhsuk-u-visually-hidden"> ways to reach them</span>
        </a>
      }
    >
      {hidden ? (
        <Hidden />
      ) : means.length === 0 ? (
        <p>There is no way to reach them yet. Add a phone number, an email address or a postal address.</p>
      ) : (
        <SummaryList compact rows={means.map(meansRow)} />
      )}
    </Card>
  )
}

const meansRow = (means: Means): SummaryRow => ({
  label: kindInWords(means),
  value: `${onOneLine(means.value)} (${useInWords(means)}${means.theirs ? '' : '. Not known to be theirs'})`,
})

const nameRows = (person: Person): SummaryRow[] => [
  { label: 'Name', value: `${person.given_name} ${person.family_name}` },
  { label: 'Likes to be called', value: person.preferred_name },
  { label: 'Pronouns', value: person.pronouns },
  { label: 'Date of birth', value: longDay(person.born_on) },
  { label: 'NHS number', value: person.nhs_number && spokenNhsNumber(person.nhs_number) },
]

const knownAs = (merged: DetailsProps['merged']): SummaryRow[] =>
  merged.length === 0
    ? []
    : [{ label: 'Also known as', value: merged.map((one) => `${one.given_name} ${one.family_name}`).join(', ') }]

const homeRows = (person: Person, council: string | undefined): SummaryRow[] => [
  {
    label: 'Address',
    value: person.no_fixed_address ? 'No fixed address' : person.address && onOneLine(person.address),
  },
  { label: 'Postcode', value: person.postcode },
  { label: 'Council', value: council },
  { label: 'GP practice', value: [person.gp_practice, person.gp_practice_code].filter(Boolean).join(', ') },
  { label: 'Jobcentre', value: person.jobcentre },
]

const safetyRows = (person: Person): SummaryRow[] => [
  { label: 'To reach them safely', value: person.safe_note },
  { label: 'Best time', value: person.best_time },
]

const languageRows = (person: Person): SummaryRow[] => [
  { label: 'Language', value: person.language },
  { label: 'Interpreter', value: person.interpreter },
]

function accessRows(person: Person): SummaryRow[] {
  const again = reviewDueOn(person.access_reviewed_on)
  return [
    { label: 'Needs', value: person.access_needs.map(needInWords).join(', ') },
    { label: 'More about it', value: person.access_note },
    { label: 'Last asked', value: person.access_reviewed_on ? longDay(person.access_reviewed_on) : 'Not asked yet' },
    ...(again ? [{ label: 'Ask again by', value: longDay(again) }] : []),
    { label: 'Other services may see them', value: sharingInWords(person.access_consent) },
  ]
}

const ReviewDue = ({ person }: { person: Person }) => (
  <>
    <p>
      <Tag colour="orange">Ask again</Tag> What somebody needs is asked again every 12 months.
    </p>
    <ButtonForm action={`/people/${person.id}/details/access/review`} version={person.access_version} secondary small>
      I asked: nothing has changed
    </ButtonForm>
  </>
)

const Others = ({ person, mayRestrict }: Readonly<{ person: Person; mayRestrict: boolean }>) => (
  <ButtonGroup>
    <LinkButton href={`/people/${person.id}/equality`} secondary small>
      Equality questions
    </LinkButton>
    <LinkButton href={`/people/${person.id}/duplicates`} secondary small>
      Possible duplicates
    </LinkButton>
    {mayRestrict ? (
      <LinkButton href={`/people/${person.id}/restriction`} secondary small>
        Who may open this record
      </LinkButton>
    ) : null}
    <LinkButton href={`/people/${person.id}/online`} secondary small>
      Signing in online
    </LinkButton>
    <LinkButton href={`/people/${person.id}/details/death`} secondary small>
      {person.died_on ? 'Date of death' : 'They have died'}
    </LinkButton>
  </ButtonGroup>
)
