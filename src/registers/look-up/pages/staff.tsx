import { Button } from '#platform/html/buttons.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { percent } from '#registers/places/rules.ts'
import { type LookedUp, lookUpAnswers } from '#registers/look-up/rules.ts'
import { type LookUpProps, PlaceFields } from './public.tsx'

/** Which areas somebody can belong to, and why, for those who place people. */
export const WhichArea = ({ found, problems, typed, ...questions }: LookUpProps) => (
  <Page
    title="Which areas can this person belong to?"
    lede="From where they live, where their GP practice is, or which Jobcentre they go to. Nothing that you enter is kept."
    problems={problems}
  >
    {found ? <Found {...found} /> : null}
    <Form action="/places/look-up" problems={problems} typed={typed}>
      <TextField name="postcode" label="Postcode" hint="Or its first half, for example GU11" width={10} />
      <PlaceFields {...questions} />
      <Button>Look it up</Button>
    </Form>
  </Page>
)

const Found = ({ answer, claims, notes }: LookedUp) => (
  <section aria-labelledby="answer">
    <h2 id="answer" className="nhsuk-heading-m">
      <Tag colour={lookUpAnswers[answer].colour}>{lookUpAnswers[answer].label}</Tag>
    </h2>
    {claims.length > 0 ? (
      <Table
        caption="Areas, surest first"
        captionSize="hidden"
        columns={columns}
        rows={claims}
        rowKey={({ area, by }) => `${area} ${by}`}
        empty=""
      />
    ) : null}
    {notes.length > 0 ? (
      <Inset>
        {notes.map((note) => (
          <p key={note}>{note}.</p>
        ))}
      </Inset>
    ) : null}
  </section>
)

const bases = { home: 'Home', practice: 'GP practice', jobcentre: 'Jobcentre' } as const

const columns: readonly Column<LookedUp['claims'][number]>[] = [
  { key: 'area', label: 'Area', names: true, cell: ({ name }) => name },
  { key: 'by', label: 'By', cell: ({ by }) => bases[by] },
  { key: 'sure', label: 'How sure', cell: ({ share }) => (share >= 0.999 ? 'Certain' : percent(share)) },
  { key: 'why', label: 'Why', prose: true, cell: ({ why }) => `${why}.` },
]
