import { dayInWords, inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Details, Inset } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Timeline } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { linesOf } from '#platform/notify/rules.ts'
import { parts } from '#journey/support/employer/rules.ts'
import type { Person, ShownWorkplace } from './work.tsx'

type NewProps = FormState & Readonly<{ person: Person; id: string; known: ShownWorkplace | undefined }>

/** Writes down whom we talk to at somebody's work. */
export const NewWorkplace = ({ person, id, known, ...state }: NewProps) => (
  <FormPage
    {...state}
    title="Somebody at their work"
    caption={person.name}
    lede="Ask the person whom they want us to talk to. Writing somebody down tells them nothing."
    back={{ href: `/people/${person.id}/employer` }}
    action={`/people/${person.id}/employer`}
    fields={{ id }}
    draft
    width="reading"
  >
    <WorkplaceFields {...(known ? { organisation: known.organisation, site: known.site } : {})} />
    <Button>Save</Button>
  </FormPage>
)

const WorkplaceFields = (of: Partial<ShownWorkplace>) => (
  <>
    <TextField name="organisation" label="Employer" hint="As the person knows it." value={of.organisation} width={30} />
    <TextField name="site" label="Place of work (optional)" value={of.site ?? undefined} width={30} />
    <TextField name="contact" label="Name of whom we talk to" value={of.contact} width={20} />
    <RadiosFrom name="part" label="Who are they?" list={parts} value={of.part} />
    <TextField name="phone" label="Phone number" type="tel" value={of.phone ?? undefined} width={20} />
    <TextField
      name="email"
      label="Email address"
      hint="Needed to send them a link. Check it with them on the phone."
      type="email"
      value={of.email ?? undefined}
      width={30}
    />
    <TextArea
      name="postal"
      label="Postal address (optional)"
      hint="Needed to post them a letter. Each line by itself, as on an envelope."
      rows={4}
      value={of.postal ?? undefined}
    />
  </>
)

export type Version = ShownWorkplace & Readonly<{ at: Temporal.Instant; by: string | null }>

type OneProps = FormState &
  Readonly<{
    person: Person
    workplace: ShownWorkplace
    versions: readonly Version[]
    today: Temporal.PlainDate
    now: Temporal.Instant
  }>

/** Somebody at a person's work: changed, ended or taken up again, with how it was before. */
export const OneWorkplace = (props: OneProps) => {
  const { person, workplace, versions, now, problems, typed } = props
  const address = `/people/${person.id}/employer/${workplace.id}`
  return (
    <Page
      title="Somebody at their work"
      heading={workplace.contact}
      caption={person.name}
      back={{ href: `/people/${person.id}/employer`, label: 'Back to their employer' }}
      problems={problems}
      width="reading"
    >
      {person.mayEdit ? (
        <Form
          action={address}
          edits={{ version: workplace.version, now: <AsItStands {...workplace} /> }}
          {...{ problems, typed }}
        >
          <WorkplaceFields {...workplace} />
          <Button>Save</Button>
        </Form>
      ) : null}
      {person.mayEdit ? <EndOrGoOn {...props} address={address} /> : null}
      <h2 className="nhsuk-heading-m">So far</h2>
      <Timeline
        empty="Nothing yet."
        happenings={versions.map((one) => ({
          key: `${one.version}`,
          what:
            one.endedOn === null ? `${one.contact}, ${one.organisation}` : `Ended: ${one.contact}, ${one.organisation}`,
          when: inWords(one.at, now),
          by: one.by ?? undefined,
          text: <AsItStands {...one} />,
        }))}
      />
    </Page>
  )
}

const AsItStands = ({ organisation, site, contact, part, phone, email, postal }: ShownWorkplace) => (
  <p>
    {[contact, parts[part].label, organisation, site, phone, email, postal && linesOf(postal).join(', ')]
      .filter(Boolean)
      .join(' · ')}
  </p>
)

const EndOrGoOn = ({ workplace, address, problems, typed, today }: OneProps & Readonly<{ address: string }>) =>
  workplace.endedOn === null ? (
    <Details summary="We do not talk to them any more" open={problems.some(({ field }) => field === 'ended')}>
      <Form
        action={`${address}/ending`}
        edits={{ version: workplace.version, now: <AsItStands {...workplace} /> }}
        {...{ problems, typed }}
      >
        <DateField
          name="ended"
          label="Since when?"
          hint="For example the day on which they left the job, or somebody else took over. Open links to them close."
          value={today.toString()}
        />
        <Button small secondary>
          End it
        </Button>
      </Form>
    </Details>
  ) : (
    <Inset>
      <p>We have not talked to them since {dayInWords(workplace.endedOn, today)}.</p>
      <ButtonForm action={`${address}/resumption`} small secondary version={workplace.version}>
        Talk to them again
      </ButtonForm>
    </Inset>
  )
