import { dayOf, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type Answering, answeringNow } from './rules.ts'

type Row = Answering & Readonly<{ byName: string }>

type AnsweringProps = FormState &
  Readonly<{
    id: string
    service: Readonly<{ id: string; name: string; owner: string }>
    organisations: Readonly<Record<string, Readonly<{ label: string }>>>
    all: readonly Row[]
  }>

/** Which organisation answers for a service in an inbox of its own. */
export const AnsweringPage = ({ id, service, organisations, all, problems, typed }: AnsweringProps) => {
  const now = answeringNow(all)
  return (
    <Page
      title="Its own inbox"
      caption={service.name}
      lede="A service may answer in an inbox, where its people sign in. It reads there what its link opens and nothing else of anybody, and the link goes on working."
      back={{ href: `/services/${service.id}`, label: service.name }}
      problems={problems}
      width="reading"
    >
      {now ? (
        <Answers {...{ service, now }} />
      ) : (
        <Form action={`/services/${service.id}/inbox`} fields={{ id }} {...{ problems, typed }}>
          <SelectFrom
            name="organisation"
            label="Which organisation answers for it?"
            hint={`The directory says that ${service.owner} runs it. Its people, and its own computer system where one is registered, find the names and needs of those who were sent to this service: make sure that it is the same.`}
            list={organisations}
            empty="Choose an organisation"
          />
          <Button>Let them answer</Button>
        </Form>
      )}
      <WhoComesIn />
      <Table
        caption="Who answered for it"
        captionSize="m"
        columns={columns}
        rows={all}
        rowKey={(row) => row.id}
        empty="No organisation has answered for this service in an inbox."
      />
    </Page>
  )
}

const WhoComesIn = () => (
  <p>
    Whoever leads the service is invited under <a href="/members">Members</a>, with the role “Lead of a local service”.
    An organisation that is missing is added under <a href="/organisations">Organisations</a>. A computer system of
    theirs that is to read and answer by itself is registered under <a href="/area/clients">Other systems</a>.
  </p>
)

const Answers = ({ service, now }: Readonly<{ service: Readonly<{ id: string }>; now: Row }>) => (
  <>
    <p>
      {now.organisationName} answers for it, since {longDay(dayOf(now.at))}.
    </p>
    <ButtonForm action={`/services/${service.id}/inbox/ending`} fields={{ id: now.id }} secondary>
      Let them answer no more
    </ButtonForm>
    <p>Its people then find nothing of it at once. The service goes on answering by its link.</p>
  </>
)

const columns: readonly Column<Row>[] = [
  { key: 'organisation', label: 'Organisation', names: true, cell: ({ organisationName }) => organisationName },
  { key: 'from', label: 'From', nowrap: true, cell: ({ at }) => longDay(dayOf(at)) },
  { key: 'until', label: 'Until', nowrap: true, cell: ({ endedAt }) => (endedAt ? longDay(dayOf(endedAt)) : 'Now') },
  { key: 'by', label: 'Said by', cell: ({ byName }) => byName },
]
