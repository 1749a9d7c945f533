import { longDay, dayOf } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { Inset, Tag, WarningCallout } from '#platform/html/content.tsx'
import { FileField, TextField } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { ReliableChange } from '#registers/scoring/rules.ts'
import { packable } from './rules.ts'

/** A questionnaire of the area as it is shown. */
export type ShownPack = Readonly<{
  id: string
  code: string
  title: string
  canonical: string
  licence: string
  addedBy: string | null
  addedAt: Temporal.Instant
  on: boolean
  switchedAt: Temporal.Instant | null
  switchedBy: string | null
}>

/** From which change on scores of an instrument are marked, and who set it. */
export type ShownMargin = Readonly<{ code: string; label: string; margin: ReliableChange | undefined; ours: boolean }>

const area = { href: '/area', label: 'Area' } as const
const back = { href: '/area/questionnaires', label: 'Questionnaires' } as const

type AllProps = Readonly<{ packs: readonly ShownPack[]; margins: readonly ShownMargin[] }>

/** The questionnaires an area added under a licence, and its margins of change. */
export const AreaQuestionnaires = ({ packs, margins }: AllProps) => (
  <Page
    title="Questionnaires"
    back={area}
    lede="Beside those that come with the product: what you hold a licence for, and when a change is marked."
    actions={<LinkButton href="/area/questionnaires/new">Add a licensed questionnaire</LinkButton>}
  >
    <Table
      caption="Under a licence of your own"
      captionSize="m"
      columns={packColumns}
      rows={packs}
      rowKey={({ id }) => id}
      empty="Questionnaires that are not free to copy, such as the WSAS or the WHO-5, appear here once you have added their file and your licence. Without them their scores can still be typed in from paper."
    />
    <p>
      Those that come with the product are switched on in <a href="/area/settings">the settings of the area</a>.
    </p>
    <Table
      caption="When a change between two scores is marked"
      captionSize="m"
      columns={marginColumns}
      rows={margins}
      rowKey={({ code }) => code}
      empty=""
    />
  </Page>
)

const packColumns: readonly Column<ShownPack>[] = [
  { key: 'title', label: 'Questionnaire', names: true, cell: ({ title }) => title },
  { key: 'version', label: 'Version', cell: ({ canonical }) => canonical.split('|').at(-1) },
  { key: 'licence', label: 'Licence', prose: true, cell: ({ licence }) => licence },
  {
    key: 'added',
    label: 'Added',
    cell: ({ addedBy, addedAt }) => `${longDay(dayOf(addedAt))}, ${addedBy ?? 'not known'}`,
  },
  {
    key: 'state',
    label: 'Asked here',
    cell: ({ on, switchedAt, switchedBy }) => (
      <>
        <Tag colour={on ? 'green' : 'grey'}>{on ? 'Switched on' : 'Off'}</Tag>
        {switchedAt ? <div className="nhsuk-hint">{`${longDay(dayOf(switchedAt))}, ${switchedBy ?? ''}`}</div> : null}
      </>
    ),
  },
  {
    key: 'switch',
    label: 'Change',
    cell: ({ id, title, on }) => (
      <ButtonForm
        action={`/area/questionnaires/${id}/${on ? 'switch-off' : 'switch-on'}`}
        context={title}
        secondary
        small
      >
        {on ? 'Switch off' : 'Switch on'}
      </ButtonForm>
    ),
  },
]

const marginColumns: readonly Column<ShownMargin>[] = [
  { key: 'label', label: 'Questionnaire', names: true, cell: ({ label }) => label },
  { key: 'by', label: 'Marked', cell: ({ margin }) => (margin ? `From ${margin.by} points on` : 'Never') },
  {
    key: 'source',
    label: 'Source',
    prose: true,
    cell: ({ margin, ours }) =>
      margin ? `${margin.source}${ours ? ' (set here)' : ''}` : ours ? 'Switched off here' : '–',
  },
  {
    key: 'change',
    label: 'Change',
    cell: ({ code, label }) => (
      <a href={`/area/questionnaires/margins/${code}`}>
        Change<span className="nhsuk-u-visually-hidden"> the margin of {label}</span>
      </a>
    ),
  },
]

type AddProps = FormState & Readonly<{ id: string; faults: readonly string[] }>

/** Adds a questionnaire whose wording may be shown only under a licence. */
export const AddPack = ({ id, faults, problems, typed }: AddProps) => (
  <FormPage
    title="Add a licensed questionnaire"
    back={back}
    action="/area/questionnaires"
    fields={{ id }}
    files
    width="reading"
    problems={problems}
    typed={typed}
  >
    {faults.length === 0 ? null : (
      <WarningCallout heading="The file cannot be used yet">
        <ul className="nhsuk-list nhsuk-list--bullet">
          {faults.map((fault) => (
            <li key={fault}>{fault}.</li>
          ))}
        </ul>
      </WarningCallout>
    )}
    <Inset>
      <p>
        Its questions are shown only in this area, and only once somebody has switched it on. A newer version is added
        the same way: if its file maps the earlier version to it (FHIR ConceptMap, in “contained”), answers to both
        stand in one trend.
      </p>
    </Inset>
    <SelectFrom name="instrument" label="Which questionnaire is it?" list={packable} empty="Select one" />
    <TextField
      name="licence"
      label="Your licence"
      hint="Its number or reference, from whom, and until when. For example: University of Warwick, licence 1234, until March 2027"
    />
    <FileField
      name="file"
      label="The questionnaire"
      hint="A FHIR R4 Questionnaire as JSON, up to 200 kB"
      accept=".json,application/json,application/fhir+json"
    />
    <Button>Add it, switched off</Button>
  </FormPage>
)

type MarginProps = FormState & Readonly<{ id: string; shown: ShownMargin; published: ReliableChange | undefined }>

/** Sets from which change on two scores are marked, with its source. */
export const ChangeMargin = ({ id, shown: { code, label, margin }, published, problems, typed }: MarginProps) => (
  <FormPage
    title="When a change between two scores is marked"
    caption={label}
    back={back}
    action={`/area/questionnaires/margins/${code}`}
    fields={{ id }}
    width="reading"
    problems={problems}
    typed={typed}
  >
    <p>
      {published
        ? `As supplied: ${published.by} points (${published.source}).`
        : 'None is supplied, as no published margin with its source was seen.'}{' '}
      The margin is how far two scores have to be apart to differ by more than the error of the questionnaire itself.
    </p>
    <TextField
      name="points"
      label="Points (optional)"
      hint="Leave this empty to mark nothing"
      inputMode="numeric"
      width={4}
      value={margin?.by.toString()}
    />
    <TextField
      name="source"
      label="Where you have it from"
      hint="The publication or manual, or why nothing is marked"
      value={margin?.source}
    />
    <Button>Save</Button>
  </FormPage>
)
