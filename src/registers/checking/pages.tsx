import { inWords, shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { ListBar } from '#platform/html/arrangement.tsx'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { Timeline } from '#platform/html/lists.tsx'
import { PageNumbers } from '#platform/html/pagination.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type FeedbackKind, feedbackKinds, staleOnPage } from './rules.ts'

/** What somebody found to be wrong with a service, and what came of it. */
type Said = Readonly<{
  id: string
  about: FeedbackKind
  words: string | null
  byName: string
  at: Temporal.Instant
  answer: string | null
  settledAt: Temporal.Instant | null
  settledByName: string
}>

type FeedbackProps = FormState &
  Readonly<{
    id: string
    service: Readonly<{ id: string; name: string }>
    said: readonly Said[]
    now: Temporal.Instant
  }>

/** Says that something is wrong with what the directory says of a service, and shows what came of what was said before. */
export const FeedbackForm = ({ id, service, said, now, problems, typed }: FeedbackProps) => (
  <FormPage
    title="Say what is wrong"
    caption={service.name}
    lede="Those who look after the directory look into it. Write nothing about a person."
    back={{ href: `/services/${service.id}`, label: service.name }}
    action={`/services/${service.id}/feedback`}
    fields={{ id }}
    {...{ problems, typed }}
    width="reading"
  >
    <RadiosFrom name="about" label="What is wrong?" list={feedbackKinds} />
    <TextArea
      name="words"
      label="What is right instead? (optional)"
      hint="As you know it, and from where"
      rows={3}
      maximum={500}
    />
    <Button>Send</Button>
    {said.length === 0 ? null : <SaidBefore said={said} now={now} />}
  </FormPage>
)

const SaidBefore = ({ said, now }: Pick<FeedbackProps, 'said' | 'now'>) => (
  <>
    <h2 className="nhsuk-heading-m">What was said before</h2>
    <Timeline
      empty=""
      happenings={said.map(({ id: key, about, words, byName, at, ...settled }) => ({
        ...{ key, what: feedbackKinds[about].label, by: byName, when: inWords(at, now), moment: at.toString() },
        text: (
          <>
            {words === null ? null : <p>{words}</p>}
            <p>{cameOf(settled, now)}</p>
          </>
        ),
      }))}
    />
  </>
)

function cameOf(
  { answer, settledAt, settledByName }: Pick<Said, 'answer' | 'settledAt' | 'settledByName'>,
  now: Temporal.Instant,
) {
  return settledAt === null
    ? 'Nobody has looked into it yet.'
    : `What came of it: ${answer ?? ''} (${settledByName}, ${inWords(settledAt, now)})`
}

type Feedback = Readonly<{
  id: string
  service: string
  name: string
  about: FeedbackKind
  words: string | null
  byName: string
  at: Temporal.Instant
}>

type Stale = Readonly<{
  id: string
  name: string
  version: number
  owner: string
  checkedOn: Temporal.PlainDate | null
  source: string | null
}>

type CheckingProps = FormState &
  Readonly<{
    feedback: readonly Feedback[]
    stale: Readonly<{ rows: readonly Stale[]; number: number }>
    page: number
    months: number
    now: Temporal.Instant
    /** The feedback whose answer is wrong. */
    answered?: string | undefined
    decides: boolean
  }>

/** What has to be looked at so that the directory stays right. */
export const Checking = ({ feedback, stale, page, months, now, decides, ...form }: CheckingProps) => (
  <Page
    title="Check services"
    lede={`What somebody found to be wrong, and services that nobody has checked for ${months === 1 ? 'a month' : `${months} months`}.`}
    back={{ href: '/services', label: 'Services' }}
    problems={form.problems}
  >
    <h2 className="nhsuk-heading-m">Said to be wrong</h2>
    <Table
      caption="Said to be wrong, the oldest first"
      captionSize="hidden"
      columns={[...feedbackColumns(now), ...(decides ? [settling(form)] : [])]}
      rows={feedback}
      rowKey={({ id }) => id}
      empty="Nothing is said to be wrong. Whoever works here can say so on the page of a service."
    />
    <NotChecked {...{ stale, page, decides }} />
    {decides ? (
      <p>
        After how many months a service is on this list is one of the <a href="/area/settings">settings of the area</a>.
      </p>
    ) : null}
  </Page>
)

const NotChecked = ({ stale, page, decides }: Pick<CheckingProps, 'stale' | 'page' | 'decides'>) => (
  <>
    <h2 className="nhsuk-heading-m">Not checked for long</h2>
    {decides && stale.number > 0 ? (
      <LinkButton href="/services/owner-checks" small secondary>
        Ask the owners of all of these
      </LinkButton>
    ) : null}
    <ListBar count={stale.number === 1 ? '1 service' : `${stale.number.toLocaleString('en-GB')} services`} print />
    <Table
      caption="Not checked for long, those never checked first"
      captionSize="hidden"
      columns={[...staleColumns, ...(decides ? [asking] : [])]}
      rows={stale.rows}
      rowKey={({ id }) => id}
      empty="Every service was checked in this time."
    />
    <PageNumbers
      page={page}
      pages={Math.ceil(stale.number / staleOnPage)}
      href={(number) => `/services/checking?page=${number}`}
    />
  </>
)

const feedbackColumns = (now: Temporal.Instant): readonly Column<Feedback>[] => [
  {
    key: 'name',
    label: 'Service',
    names: true,
    cell: ({ service, name }) => <a href={`/services/${service}`}>{name}</a>,
  },
  { key: 'about', label: 'What is wrong', cell: ({ about }) => feedbackKinds[about].label },
  { key: 'words', label: 'What is right', prose: true, cell: ({ words }) => words ?? '' },
  { key: 'by', label: 'Said by', cell: ({ byName, at }) => `${byName}, ${inWords(at, now)}` },
]

const settling = ({ answered, problems, typed }: FormState & Pick<CheckingProps, 'answered'>): Column<Feedback> => ({
  key: 'settle',
  label: 'What came of it',
  cell: ({ id, name }) => (
    <Form
      action={`/services/feedback/${id}/settling`}
      {...(id === answered ? { problems, typed } : {})}
      className="ww-button-form"
    >
      <TextField
        id={id === answered ? 'answer' : `answer-${id}`}
        name="answer"
        label={`What came of what was said of ${name}?`}
      />
      <Button small secondary context={name}>
        Settled
      </Button>
    </Form>
  ),
})

const asking: Column<Stale> = {
  key: 'ask',
  label: 'Owner',
  cell: ({ id, name }) => (
    <a href={`/services/${id}/owner-check`}>
      Ask<span className="nhsuk-u-visually-hidden"> the owner of {name}</span>
    </a>
  ),
}

const staleColumns: readonly Column<Stale>[] = [
  { key: 'name', label: 'Service', names: true, cell: ({ id, name }) => <a href={`/services/${id}`}>{name}</a> },
  { key: 'owner', label: 'Run by', cell: ({ owner }) => owner },
  { key: 'source', label: 'Known from', prose: true, cell: ({ source }) => source ?? 'Not given' },
  {
    ...{ key: 'checked', label: 'Last checked', nowrap: true },
    cell: ({ checkedOn }) => (checkedOn ? shortDay(checkedOn) : 'Not yet'),
  },
  {
    ...{ key: 'check', label: 'Checked today' },
    cell: ({ id, name, version }) => (
      <ButtonForm action={`/services/${id}/check`} version={version} context={name} small secondary>
        All of it is right
      </ButtonForm>
    ),
  },
]
