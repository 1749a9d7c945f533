import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup } from '#platform/html/buttons.tsx'
import { Inset } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { WhomToRing } from '#platform/html/whom-to-ring.tsx'
import { accessInWords, addressInWords, inWords, type Names } from '#registers/directory/rules.ts'
import { type Listing, listingParts } from '#registers/listing/rules.ts'
import { type Answers, HowAnswered } from './contest.tsx'
import { groups, isMissed } from '#registers/owner-answer/rules.ts'
import type { Location } from '#registers/services/rules.ts'

/** What stands behind the link: the listing as people see it. */
export type Seen = Readonly<{
  at: string
  areaName: string
  version: number
  listing: Listing
  names: Names
  locations: readonly Readonly<{ id: string; location: Location }>[]
  answers: Answers
}>

type LookProps = FormState & Seen & Readonly<{ isNewer: boolean }>

/** All that the directory says of a service, for whoever runs it: right as it is, or not. */
export const Look = ({ at, areaName, version, isNewer, answers, problems, typed, ...seen }: LookProps) => (
  <Page
    onlyInEnglish
    atWork
    title="Is this still right?"
    caption={areaName}
    lede={`This is what we tell people about ${seen.listing.name}. Please look at all of it.`}
    problems={problems}
    width="reading"
  >
    {isNewer ? (
      <Inset>
        <p>It was changed a moment ago. This is what stands there now.</p>
      </Inset>
    ) : null}
    <Said {...seen} />
    <h2 className="nhsuk-heading-m" id="answer">
      Your answer
    </h2>
    <p>Anybody who has this link can answer for the service. Pass it on only to a colleague who knows better.</p>
    <Form action={at} fields={{ version: `${version}` }} problems={problems} typed={typed}>
      <TextField
        name="byName"
        label="Your name and what you do there"
        hint="Stands with your answer in the history of the directory, which those who work here read"
        autoComplete="name"
      />
      <ButtonGroup>
        <Button name="do" value="right">
          All of it is right
        </Button>
        <Button name="do" value="change" secondary>
          Something has to be changed
        </Button>
      </ButtonGroup>
    </Form>
    <HowAnswered at={at} answers={answers} />
    <WhomToRing askedBy="whoever looks after the directory" />
  </Page>
)

type SaidProps = Pick<Seen, 'listing' | 'names' | 'locations'>

const Said = ({ listing, names, locations }: SaidProps) => (
  <>
    {groups.map(({ heading, parts }) => (
      <section key={heading}>
        <h2 className="nhsuk-heading-m">{heading}</h2>
        <SummaryList rows={parts.flatMap((part) => rowOf(part, listing, names))} />
      </section>
    ))}
    <h2 className="nhsuk-heading-m">Where it is</h2>
    {locations.length === 0 ? (
      <p>By phone or online.</p>
    ) : (
      <SummaryList rows={locations.map(({ location }) => ({ label: location.name, value: placeInWords(location) }))} />
    )}
  </>
)

function rowOf(part: Parameters<typeof inWords>[0], listing: Listing, names: Names) {
  const value = inWords(part, listing, names)
  if (value === null && !isMissed(part)) return []
  return [{ label: listingParts[part].label, value: value ?? 'We say nothing about this' }]
}

const placeInWords = (location: Location) =>
  [addressInWords(location), accessInWords(location)].filter(Boolean).join('. ')
