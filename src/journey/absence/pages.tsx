import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, ButtonGroup, LinkButton } from '#platform/html/buttons.tsx'
import { type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { Inset, Tag } from '#platform/html/content.tsx'
import { DateField } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { absenceStates, type Away, dueInWords, type Moves, type Moving, spanInWords, stateOf } from './rules.ts'

type AbsencesProps = Readonly<{ absences: readonly Away[]; today: Temporal.PlainDate; mayArrange: boolean }>

/** Who is away now and soon, and who covers. */
export const AbsencesPage = ({ absences, today, mayArrange }: AbsencesProps) => (
  <Page
    title="Absences and cover"
    lede="While a colleague is away, what falls due for their people also stands in the day of whoever covers. It goes back by itself."
    actions={mayArrange ? <LinkButton href="/absences/new">Arrange an absence</LinkButton> : undefined}
  >
    <Table
      caption="Absences"
      captionSize="hidden"
      columns={columns(today, mayArrange)}
      rows={absences}
      rowKey={({ id }) => id}
      empty="Absences appear here from when they are arranged until a month after they end."
    />
  </Page>
)

const columns = (today: Temporal.PlainDate, mayArrange: boolean): readonly Column<Away>[] => [
  { key: 'member', label: 'Away', names: true, cell: (away) => away.memberName },
  { key: 'when', label: 'When', cell: (away) => spanOf(away) },
  { key: 'cover', label: 'Covered by', cell: (away) => away.coverName },
  {
    key: 'state',
    label: 'State',
    cell: (away) => {
      const { label, colour } = absenceStates[stateOf(away, today)]
      return <Tag colour={colour}>{label}</Tag>
    },
  },
  ...(mayArrange
    ? [{ key: 'return', label: 'Early return', cell: (away: Away) => <Return away={away} today={today} /> }]
    : []),
]

function spanOf(away: Away): string {
  return spanInWords(away.backOn?.equals(away.fromOn) ? { ...away, backOn: null } : away)
}

const Return = ({ away, today }: { away: Away; today: Temporal.PlainDate }) => {
  const state = stateOf(away, today)
  if (state !== 'now' && state !== 'coming') return null
  return (
    <ButtonForm action={`/absences/${away.id}/return`} secondary small context={`for ${away.memberName}`}>
      {state === 'now' ? 'Back today' : 'Take back'}
    </ButtonForm>
  )
}

type ArrangeProps = FormState &
  Readonly<{
    id: string
    members: CodeList
    moves?: Moves | undefined
    coverName?: string
    previewed?: string
    today: Temporal.PlainDate
  }>

/** An absence to arrange: first what would move, then the confirmation. */
export const ArrangeAbsence = ({ id, members, moves, coverName = '', previewed, today, ...state }: ArrangeProps) => (
  <FormPage
    title="Arrange an absence"
    width="reading"
    back={{ href: '/absences', label: 'Absences and cover' }}
    action="/absences"
    fields={{ id, ...(previewed === undefined ? {} : { previewed }) }}
    {...state}
  >
    {moves ? <WhatMoves moves={moves} coverName={coverName} today={today} /> : null}
    <SelectFrom name="member" label="Who is away?" list={members} />
    <DateField name="from" label="First day away" />
    <DateField name="until" label="First day back" />
    <SelectFrom
      name="cover"
      label="Who covers?"
      hint="Somebody who may see the same people and is there all the while"
      list={members}
    />
    <ButtonGroup>
      <Button action="/absences/proposal" secondary={moves !== undefined}>
        Show what moves
      </Button>
      {moves ? <Button>Arrange this absence</Button> : null}
    </ButtonGroup>
  </FormPage>
)

const WhatMoves = ({ moves, coverName, today }: { moves: Moves; coverName: string; today: Temporal.PlainDate }) => (
  <section aria-labelledby="moves">
    <h2 id="moves" className="nhsuk-heading-m">
      What moves to {coverName}
    </h2>
    <Inset>
      <p>
        Of those whose records you may see they look after {moves.open} {moves.open === 1 ? 'person' : 'people'}. All of
        them keep their coach; only what falls due meanwhile stands in {coverName}’s day too. A record that is
        restricted is arranged by those named for it.
      </p>
      {moves.hidden > 0 ? (
        <p>
          {moves.hidden} of these records {moves.hidden === 1 ? 'is' : 'are'} restricted and {coverName} is not named
          for {moves.hidden === 1 ? 'it' : 'them'}. Arrange those apart.
        </p>
      ) : null}
    </Inset>
    <Table
      caption="Due while they are away"
      columns={movingColumns(today)}
      rows={moves.due}
      rowKey={({ episode }) => episode}
      empty="Nothing is due yet. What falls due later moves too."
    />
  </section>
)

const movingColumns = (today: Temporal.PlainDate): readonly Column<Moving>[] => [
  { key: 'name', label: 'Person', names: true, cell: (one) => <a href={`/people/${one.person}`}>{one.name}</a> },
  { key: 'due', label: 'Due', cell: (one) => dueInWords(one, today) },
]
