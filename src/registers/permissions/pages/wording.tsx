import type { FormState } from '#platform/form/rules.ts'
import { dayInWords, longDay } from '#platform/dates.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Details, Inset } from '#platform/html/content.tsx'
import { DateField, TextArea } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { offeredInWords } from '#registers/permissions/rules.ts'
import type { Offered, Wording } from '#registers/wording/rules.ts'
import { Paragraphs } from './asking.tsx'

type InForce = Readonly<{ code: Offered; wording: Wording; next: Wording | undefined }>
type WordingsProps = Readonly<{ wordings: readonly InForce[]; today: Temporal.PlainDate }>

/** The words an area asks in, and which come next. */
export const Wordings = ({ wordings, today }: WordingsProps) => (
  <Page
    title="What people are asked, in your words"
    lede="Every answer keeps the version it was given to. A new version never changes an earlier answer."
    back={{ href: '/area' }}
  >
    <Table
      caption="Wording in force"
      captionSize="hidden"
      columns={columns(today)}
      rows={wordings}
      rowKey={({ code }) => code}
      empty=""
    />
  </Page>
)

const columns = (today: Temporal.PlainDate): readonly Column<InForce>[] => [
  {
    key: 'what',
    label: 'What',
    names: true,
    cell: ({ code }) => <a href={`/area/wording/${code}`}>{offeredInWords[code].label}</a>,
  },
  { key: 'text', label: 'Wording now', prose: true, cell: ({ wording }) => wording.text.split('\n')[0] },
  {
    key: 'version',
    label: 'Version',
    nowrap: true,
    cell: ({ wording }) => (wording.version === 1 ? '1, as supplied' : `${wording.version}`),
  },
  {
    key: 'next',
    label: 'Next',
    cell: ({ next }) => (next ? `Version ${next.version} ${dayInWords(next.from_on, today)}` : ''),
  },
]

type WordingFormProps = FormState & Readonly<{ code: Offered; newest: Wording }>

/** The next version of one wording. */
export const WordingForm = ({ code, newest, problems, typed }: WordingFormProps) => (
  <FormPage
    title={offeredInWords[code].label}
    caption="What people are asked, in your words"
    back={{ href: '/area/wording' }}
    action={`/area/wording/${code}`}
    edits={{ version: newest.version, now: <Newest newest={newest} /> }}
    draft
    width="reading"
    problems={problems}
    typed={typed}
  >
    <Details summary={`Version ${newest.version}, from ${longDay(newest.from_on)}`}>
      <Paragraphs text={newest.text} />
    </Details>
    <Inset>
      <p>Ask whoever looks after data protection in your area before you change it.</p>
    </Inset>
    <TextArea
      name="text"
      label="New wording"
      hint="Plain words. Leave an empty line between paragraphs."
      rows={8}
      value={newest.text}
    />
    <DateField name="from" label="From which day?" />
    <Button>Save this version</Button>
  </FormPage>
)

const Newest = ({ newest }: Pick<WordingFormProps, 'newest'>) => (
  <>
    <p>
      Version {newest.version}, from {longDay(newest.from_on)}:
    </p>
    <Paragraphs text={newest.text} />
  </>
)
