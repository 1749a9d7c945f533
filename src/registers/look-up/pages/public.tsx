import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Card, Inset, Panel, WarningCallout } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said } from '#platform/html/say.tsx'
import { writtenPostcode } from '#platform/postcode/rules.ts'
import type { LookedUp, Reason } from '#registers/look-up/rules.ts'

type Place = Readonly<{ code: string; name: string }>
type Practice = Place & Readonly<{ postcode: string | null }>
type Area = Readonly<{ area: string; name: string; phone: string | null }>

/** What can be asked, and what came of it. */
export type LookUpProps = FormState &
  Readonly<{
    councils: readonly Place[]
    jobcentres: readonly Place[]
    practicesKnown: boolean
    practices: readonly Practice[]
    found?: LookedUp
  }>

/** "Is WorkWell in my area?": for anybody, without an account, and nothing of it is kept. */
export const MyArea = ({ areas, found, problems, typed, ...questions }: LookUpProps & { areas: readonly Area[] }) => (
  <Page
    title="Is WorkWell in my area?"
    back={{ href: '/', label: 'Back' }}
    problems={problems}
    width="reading"
    lede="We do not keep what you enter here."
  >
    {found ? <Found {...found} areas={areas} /> : null}
    <Form action="/my-area" problems={problems} typed={typed}>
      <TextField name="postcode" label="Your postcode" hint="For example LS1 4AP" width={10} />
      <Details {...questions} />
      <Button>Look it up</Button>
    </Form>
  </Page>
)

const Details = ({ councils, jobcentres, practicesKnown, practices }: Omit<LookUpProps, keyof FormState | 'found'>) => (
  <>
    {practicesKnown || jobcentres.length > 0 ? (
      <p>
        <Said text="You also belong to an area where your GP practice or your Jobcentre is. You can leave these empty." />
      </p>
    ) : null}
    <PlaceFields {...{ councils, jobcentres, practicesKnown, practices }} />
  </>
)

/** The council, the practice and the Jobcentre, where the registers know them. */
export const PlaceFields = ({
  councils,
  jobcentres,
  practicesKnown,
  practices,
}: Omit<LookUpProps, keyof FormState>) => (
  <>
    {practicesKnown ? (
      <TextField name="practice" label="GP practice (optional)" hint="How its name or its postcode begins" width={30} />
    ) : null}
    {practices.length > 0 ? (
      <RadiosFrom name="practiceCode" label="Which practice is it?" list={listOf(practices.map(withPostcode))} />
    ) : null}
    {jobcentres.length > 0 ? (
      <SelectFrom name="jobcentre" label="Jobcentre (optional)" list={listOf(jobcentres)} />
    ) : null}
    <SelectFrom
      name="council"
      label="Council (optional)"
      hint="Where the postcode is not known, or cannot be found"
      list={listOf(councils)}
    />
  </>
)

const listOf = (places: readonly Place[]) => Object.fromEntries(places.map(({ code, name }) => [code, { label: name }]))

const withPostcode = ({ code, name, postcode }: Practice) => ({
  code,
  name: postcode ? `${name}, ${writtenPostcode(postcode) ?? postcode}` : name,
})

const Found = ({ answer, reasons, areas }: LookedUp & { areas: readonly Area[] }) => {
  const each = [...Map.groupBy(reasons, ({ area }) => area)].flatMap(([code, why]) => {
    const area = areas.find((one) => one.area === code)
    return area ? [{ ...area, why }] : []
  })
  if (answer === 'not-known') return <NotKnown />
  if (each.length === 0) return <NotCovered />
  return (
    <>
      {answer === 'covered' ? (
        <Panel heading={<Said text="Yes, WorkWell is there" />} />
      ) : (
        <WarningCallout heading="WorkWell may be there">
          <p>
            <Said text="Not everybody who lives there belongs to the same area. To be sure, enter your whole postcode or your GP practice below. Or get in touch: we will find out with you." />
          </p>
        </WarningCallout>
      )}
      {each.map((area) => (
        <AreaCard key={area.area} {...area} />
      ))}
    </>
  )
}

const AreaCard = ({ area, name, phone, why }: Area & { why: readonly Reason[] }) => (
  <Card heading={name}>
    {why.map(({ text, place }) => (
      <p key={text}>
        <Said text={text} with={{ place }} />
      </p>
    ))}
    {phone ? (
      <p>
        <Said text="Call us: {phone}" with={{ phone: <PhoneLink number={phone} /> }} />
      </p>
    ) : null}
    <LinkButton href={`/in/${area}`} context={name}>
      Get help there
    </LinkButton>
  </Card>
)

const NotKnown = () => (
  <Inset>
    <p>
      <Said text="We could not find this place. Check the postcode, or choose the council below." />
    </p>
  </Inset>
)

// Who helps everywhere in England, whatever the area: Access to Work and Acas by law, Jobcentres and GPs by their task.
const NotCovered = () => (
  <Card heading="WorkWell is not there yet" tone="quiet">
    <p>
      <Said text="As far as we can see, no WorkWell area takes people from this place today. If your GP practice or your Jobcentre is somewhere else, enter it below. These can help wherever you live:" />
    </p>
    <ul className="nhsuk-list nhsuk-list--bullet">
      <li>
        <Said text="Your GP practice: ask for the social prescriber, who knows what there is nearby." />
      </li>
      <li>
        <Said text="Access to Work: money for what you need at work, also before you start. Search for Access to Work on GOV.UK." />
      </li>
      <li>
        <Said text="Any Jobcentre: ask for a disability employment adviser. You do not need to claim a benefit." />
      </li>
      <li>
        <Said
          text="Acas, for questions about work and your rights: {phone}."
          with={{ phone: <PhoneLink number="0300 123 1100" /> }}
        />
      </li>
      <li>
        <Said text="NHS Talking Therapies: you can refer yourself, and some have employment advisers." />
      </li>
    </ul>
  </Card>
)
