import { dayInWords, dayOf } from '#platform/dates.ts'
import { ButtonForm } from '#platform/html/buttons.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import type { BarrierCode } from '#journey/assessment/rules.ts'
import { needInWords, seenBy, type SeenBy } from './rules.ts'

type Missing = Readonly<{ id: string; need: string; seenBy: SeenBy; at: Temporal.Instant; by: string | null }>

type GapsProps = Readonly<{
  person: Readonly<{ id: string; name: string; mayEdit: boolean }>
  /** What stands in their way, the main one first. */
  needs: readonly BarrierCode[]
  missing: readonly Missing[]
  /** A form's id for each need. */
  ids: ReadonlyMap<string, string>
  now: Temporal.Instant
}>

type Line = Readonly<{ need: string; said: Missing | undefined }>

/** For what of somebody's needs there is no service here: said with one click, and taken back with one. */
export const GapsOf = ({ person, needs, missing, ids, now }: GapsProps) => {
  const said = missing.filter((one) => one.seenBy === 'coach')
  const besides = said.filter(({ need }) => !needs.some((code) => code === need)).map(({ need }) => need)
  const lines = [...needs, ...besides].map((need) => ({ need, said: said.find((one) => one.need === need) }))
  return (
    <Page
      title="Needs without a service"
      caption={person.name}
      lede="Say where there is nothing for a need here. It is counted, without anybody’s name, for those who plan services."
      back={{ href: `/people/${person.id}/services`, label: 'Find a service' }}
    >
      <Table
        caption="What stands in the way"
        captionSize="hidden"
        columns={columns({ person, ids, now })}
        rows={lines}
        rowKey={({ need }) => need}
        empty="What stands in the way appears here after the first conversation."
      />
      <Searches searches={missing.filter((one) => one.seenBy === 'search')} now={now} />
    </Page>
  )
}

const columns = ({ person, ids, now }: Pick<GapsProps, 'person' | 'ids' | 'now'>): readonly Column<Line>[] => [
  { key: 'need', label: 'Need', names: true, cell: ({ need }) => needInWords(need) },
  {
    key: 'state',
    label: 'Now',
    cell: ({ said }) =>
      said ? `Nothing here, said ${dayInWords(dayOf(said.at), dayOf(now))} by ${said.by ?? 'a colleague'}` : 'Not said',
  },
  {
    key: 'do',
    label: 'Next',
    cell: ({ need, said }) =>
      person.mayEdit ? (
        said ? (
          <ButtonForm action={`/people/${person.id}/gaps/${said.id}/withdrawal`} context={needInWords(need)} asLink>
            There is something after all
          </ButtonForm>
        ) : (
          <ButtonForm
            action={`/people/${person.id}/gaps`}
            fields={{ need, id: ids.get(need) ?? '' }}
            context={needInWords(need)}
            small
            secondary
          >
            There is nothing for this here
          </ButtonForm>
        )
      ) : null,
  },
]

const Searches = ({ searches, now }: Readonly<{ searches: readonly Missing[]; now: Temporal.Instant }>) =>
  searches.length === 0 ? null : (
    <Table
      caption="Searches that found nothing"
      captionSize="m"
      columns={[
        { key: 'need', label: 'Need', names: true, cell: ({ need }) => needInWords(need) },
        { key: 'how', label: 'How it was seen', cell: (one) => seenBy[one.seenBy].label },
        { key: 'when', label: 'When', cell: ({ at }) => dayInWords(dayOf(at), dayOf(now)) },
      ]}
      rows={searches}
      rowKey={({ id }) => id}
      empty=""
    />
  )
