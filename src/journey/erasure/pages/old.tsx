import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { Tick } from '#platform/html/choices.tsx'
import { Inset, WarningCallout } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'

type Chosen = Readonly<{ person: string; name: string; why: string }>
type ConfirmProps = FormState & Readonly<{ id: string; chosen: readonly Chosen[] }>

/** The people who would be erased because of their age, before they are. */
export const ConfirmErasing = ({ id, chosen, ...state }: ConfirmProps) => (
  <FormPage
    title={chosen.length === 1 ? 'Erase 1 person' : `Erase ${chosen.length} people`}
    width="reading"
    back={{ href: '/keeping', label: 'How long records are kept' }}
    action="/erasures"
    fields={{ id, chosen: chosen.map(({ person }) => person).join(' ') }}
    {...state}
  >
    <WarningCallout heading="This cannot be taken back">
      <p>
        Everything about them is erased: what was written down, messages, links, drafts, and the rows of files they came
        in. Figures that were signed stay as they were signed.
      </p>
    </WarningCallout>
    <Table
      caption="Who is erased"
      columns={confirmColumns}
      rows={chosen}
      rowKey={({ person }) => person}
      empty="Nobody is chosen."
    />
    <Tick name="sure" label="I have looked at everybody on this list" />
    <ButtonGroup>
      <Button warning>Erase them</Button>
      <LinkButton href="/keeping" secondary>
        Cancel
      </LinkButton>
    </ButtonGroup>
  </FormPage>
)

const confirmColumns: readonly Column<Chosen>[] = [
  { key: 'name', label: 'Person', names: true, cell: ({ person, name }) => <a href={`/people/${person}`}>{name}</a> },
  { key: 'why', label: 'Why', prose: true, cell: ({ why }) => why },
]

type Run = Readonly<{
  chosen: number
  erased: number
  leftAlone: number
  at: Temporal.Instant
  finishedAt: Temporal.Instant | null
  by: string
}>

/** How far an erasure has come. Whom it erased, it cannot say any more. */
export const Erasing = ({ run, day }: Readonly<{ run: Run; day: Temporal.PlainDate }>) => (
  <Page title="Erasing" width="reading" back={{ href: '/keeping', label: 'How long records are kept' }}>
    <SummaryList
      rows={[
        { label: 'Confirmed', value: `${longDay(day)}, ${run.by}` },
        { label: 'Chosen', value: `${run.chosen}` },
        { label: 'Erased', value: `${run.erased}` },
        { label: 'Left alone', value: `${run.leftAlone}` },
      ]}
    />
    <Inset>
      <p>
        {run.finishedAt === null
          ? 'It is at work. Open this page again to see how far it has come.'
          : 'It is done. Whoever is left alone was held back, or came back, after this was confirmed.'}
      </p>
    </Inset>
  </Page>
)
