import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom, Tick } from '#platform/html/choices.tsx'
import { Tag } from '#platform/html/content.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { dayOf, shortDay } from '#platform/dates.ts'
import { calledName, type MeansKind, meansKinds, type Person } from '#registers/people/rules.ts'
import { giverInWords, isConfirmed, isPhone, kindInWords, type Means, onOneLine, useInWords } from './rules.ts'

const columnsTo = (address: string | undefined): readonly Column<Means>[] => [
  { key: 'value', label: 'Way', names: true, cell: (means) => <Value means={means} address={address} /> },
  { key: 'kind', label: 'Kind', cell: kindInWords },
  { key: 'may', label: 'May we use it?', cell: (one) => <MayUse {...one} /> },
  { key: 'whose', label: 'Who gave it', cell: (one) => <WhoGave means={one} address={address} /> },
]

function Value({ means, address }: Readonly<{ means: Means; address: string | undefined }>) {
  const value = onOneLine(means.value)
  return address === undefined ? value : <a href={`${address}/${means.id}`}>{value}</a>
}

function MayUse(means: Means) {
  if (!means.safe || !means.wanted) return <Tag colour={means.safe ? 'orange' : 'red'}>{useInWords(means)}</Tag>
  return (
    <>
      {isConfirmed(means) ? useInWords(means) : <Tag colour="yellow">{useInWords(means)}</Tag>}
      {means.failed_at === null ? null : (
        <>
          <br />
          <Tag colour="orange">Our message of {shortDay(dayOf(means.failed_at))} did not arrive</Tag>
        </>
      )}
    </>
  )
}

/** By whom a way was given, and that it opens nothing where nobody knows whether it is theirs. */
const WhoGave = ({ means, address }: Readonly<{ means: Means; address: string | undefined }>) => (
  <div>
    {giverInWords(means.given_by)}
    <br />
    {means.theirs ? 'Known to be theirs' : <Tag colour="yellow">Not known to be theirs</Tag>}{' '}
    {means.theirs || address === undefined ? null : (
      <ButtonForm
        action={`${address}/${means.id}/confirmation`}
        version={means.version}
        context={onOneLine(means.value)}
        asLink
      >
        {toldUs}
      </ButtonForm>
    )}
  </div>
)

const MeansTable = ({ means, changeAt }: Readonly<{ means: readonly Means[]; changeAt?: string }>) => (
  <Table
    caption="Ways to reach them"
    captionSize="hidden"
    columns={columnsTo(changeAt)}
    rows={means}
    rowKey={({ id }) => id}
    empty="Phone numbers, email and postal addresses appear here once they are added."
  />
)

/** Every way to reach somebody, to add to, change and end. */
export const MeansPage = ({ person, means }: Readonly<{ person: Person; means: readonly Means[] }>) => (
  <Page
    title="How to reach them"
    caption={calledName(person)}
    back={{ href: `/people/${person.id}/details`, label: 'Back to details' }}
    actions={
      <LinkButton href={`/people/${person.id}/details/means/new`} small>
        Add a way
      </LinkButton>
    }
  >
    <MeansTable means={means} changeAt={`/people/${person.id}/details/means`} />
  </Page>
)

type MeansFormProps = FormState &
  Readonly<{
    person: Person
    /** The id made when the page was shown, or that of the way that is changed. */
    id: string
    means?: Means | undefined
  }>

/** One way to reach somebody: what it is and whether it is wanted and safe. */
export const MeansForm = ({ person, id, means, problems, typed }: MeansFormProps) => (
  <Page
    title={means ? 'Change a way to reach them' : 'Add a way to reach them'}
    caption={calledName(person)}
    back={{ href: `/people/${person.id}/details/means`, label: 'Back to how to reach them' }}
    problems={problems}
    width="reading"
  >
    <Form
      action={`/people/${person.id}/details/means/${means?.id ?? 'new'}`}
      fields={means ? {} : { id }}
      edits={means && { version: means.version, now: <MeansTable means={[means]} /> }}
      problems={problems}
      typed={typed}
    >
      {means ? <ValueField kind={means.kind} value={means.value} /> : <NewMeans />}
      <MayWeUse means={means} />
      <Tick
        name="theirs"
        label={toldUs}
        hint="Tick this only if you have spoken with them. They can then sign in with it."
        value={false}
      />
      <Button>Save</Button>
    </Form>
    {means && !means.theirs ? <SayTheirs person={person.id} means={means} /> : null}
    {means ? (
      <ButtonForm action={`/people/${person.id}/details/means/${means.id}/ending`} version={means.version} secondary>
        This no longer reaches them
      </ButtonForm>
    ) : null}
  </Page>
)

const MayWeUse = ({ means }: { means: Means | undefined }) => (
  <>
    <Tick
      name="wanted"
      label="They want us to use it"
      hint="Leave this empty if they do not want to be contacted this way."
      value={means?.wanted ?? true}
    />
    <Tick
      name="safe"
      label="It is safe to use"
      hint="Leave this empty if somebody else may see or hear it and that would put them at risk."
      value={means?.safe ?? true}
    />
    {means === undefined || isPhone(means.kind) ? (
      <Tick name="voicemailSafe" label="It is safe to leave a voicemail" value={means?.voicemail_safe ?? false} />
    ) : null}
    <Tick name="preferred" label="It is how they like to be reached" value={means?.preferred ?? false} />
  </>
)

const toldUs = 'They told me that this is theirs'

/** One press for whoever has spoken with the person: a number or address that others wrote down may be the others' own. */
const SayTheirs = ({ person, means }: Readonly<{ person: string; means: Means }>) => (
  <>
    <h2 className="nhsuk-heading-m">Is it theirs?</h2>
    <p>
      {giverInWords(means.given_by)}. Until somebody who has spoken with them says that it is theirs, they cannot sign
      in with it, and links and messages about their plan or health do not go there.
    </p>
    <ButtonForm action={`/people/${person}/details/means/${means.id}/confirmation`} version={means.version} secondary>
      {toldUs}
    </ButtonForm>
  </>
)

const NewMeans = () => (
  <RadiosFrom
    name="kind"
    label="What do you want to add?"
    list={meansKinds}
    reveal={{
      mobile: <ValueField kind="mobile" />,
      telephone: <ValueField kind="telephone" />,
      email: <ValueField kind="email" />,
      post: <ValueField kind="post" />,
    }}
  />
)

const inputs: Readonly<Record<Exclude<MeansKind, 'post'>, 'tel' | 'email'>> = {
  mobile: 'tel',
  telephone: 'tel',
  email: 'email',
}

function ValueField({ kind, value }: Readonly<{ kind: string; value?: string }>) {
  if (kind === 'post') return <TextArea name="post" label="Postal address" rows={4} value={value} autoComplete="off" />
  if (kind === 'email')
    return (
      <TextField name="email" label="Email address" type="email" value={value} autoComplete="off" spellCheck={false} />
    )
  const phone = kind === 'mobile' ? 'mobile' : 'telephone'
  const label = phone === 'mobile' ? 'Mobile number' : 'Phone number'
  return <TextField name={phone} label={label} type={inputs[phone]} width={20} value={value} autoComplete="off" />
}
