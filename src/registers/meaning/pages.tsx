import { dayOf, shortDay } from '#platform/dates.ts'
import { Button, ButtonForm } from '#platform/html/buttons.tsx'
import { Details } from '#platform/html/content.tsx'
import type { FormState } from '#platform/form/rules.ts'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { Table } from '#platform/html/table.tsx'
import type { SameWords } from './rules.ts'

type Own = Readonly<{ id: string; words: readonly string[]; at: Temporal.Instant; byName: string }>

type WordsProps = FormState &
  Readonly<{ id: string; own: readonly Own[]; supplied: readonly SameWords[]; decides: boolean }>

/** The words that mean the same to whoever looks for a service: the area's own, and those that come with the product. */
export const WordsThatMeanTheSame = ({ id, own, supplied, decides, problems, typed }: WordsProps) => (
  <Page
    title="Words that mean the same"
    lede="Who looks for one of these finds the others too, where few services say just that."
    back={{ href: '/services', label: 'Services' }}
    problems={problems}
  >
    {decides ? (
      <Form action="/services/words" problems={problems} typed={typed} fields={{ id }}>
        <TextField
          name="words"
          label="Words or phrases that mean the same"
          hint="With commas between them, such as: food bank, pantry, community fridge"
        />
        <Button small>Add</Button>
      </Form>
    ) : null}
    <h2 className="nhsuk-heading-m">Added here</h2>
    <Added own={own} decides={decides} />
    <Details summary={`Those that come with the product (${supplied.length})`}>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {supplied.map((words) => (
          <li key={words.join()}>{words.join(', ')}</li>
        ))}
      </ul>
    </Details>
  </Page>
)

const Added = ({ own, decides }: Pick<WordsProps, 'own' | 'decides'>) => (
  <Table
    caption="Added here"
    captionSize="hidden"
    rows={own}
    rowKey={(one) => one.id}
    empty="Words that this area adds stand here."
    columns={[
      { key: 'words', label: 'Words', names: true, cell: ({ words }) => words.join(', ') },
      { key: 'by', label: 'Added', cell: ({ byName, at }) => `${byName}, ${shortDay(dayOf(at))}` },
      { key: 'out', label: 'Take out', cell: (one) => (decides ? <TakeOut {...one} /> : null) },
    ]}
  />
)

const TakeOut = ({ id, words }: Own) => (
  <ButtonForm action={`/services/words/${id}/removal`} asLink context={words.join(', ')}>
    Take out
  </ButtonForm>
)
