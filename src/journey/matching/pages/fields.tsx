import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { Details } from '#platform/html/content.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { distances } from '#registers/around/rules.ts'
import { accesses, workStandings } from '#registers/listing/rules.ts'
import { spokenLanguages, waits } from '#registers/marks/rules.ts'
import { serviceStates, supportKinds } from '#registers/services/rules.ts'
import { affordable, isNarrowed, orders, type Wanted } from '#registers/sifting/rules.ts'

type FieldsProps = Readonly<{
  wanted: Wanted
  /** Whether to leave out what does not fit the person; not asked where there is none. */
  fitting?: boolean
}>

/** What somebody looks for, what is asked most first. */
export const Fields = ({ wanted, fitting }: FieldsProps) => (
  <>
    <TextField name="words" label="What is needed" type="search" value={wanted.words ?? ''} />
    <SelectFrom name="kind" label="Kind of support" list={supportKinds} value={wanted.kind ?? undefined} empty="All" />
    <TextField name="place" label="Town or postcode" value={wanted.place ?? ''} width={10} />
    <SelectFrom
      name="within"
      label="How far"
      list={distances}
      value={wanted.within ?? undefined}
      empty="25 miles, usually"
    />
    <SelectFrom name="order" label="Order" list={orders} value={wanted.order ?? 'best'} empty={false} />
    {fitting === undefined ? null : <Tick name="fitting" label="Leave out what does not fit" value={fitting} small />}
    <More {...wanted} />
  </>
)

/** Looks through the whole directory. */
export const Look = ({ wanted, problems, typed }: FormState & Pick<FieldsProps, 'wanted'>) => (
  <search aria-label="Find a service">
    <Form action="/services" className="ww-filter" problems={problems} typed={typed}>
      <div className="ww-filter__fields">
        <Fields wanted={wanted} />
      </div>
      <div className="ww-filter__actions">
        <Button small secondary>
          Show
        </Button>
        {wanted.words !== null || isNarrowed(wanted) ? <a href="/services">Clear filters</a> : null}
      </div>
    </Form>
  </search>
)

const More = (wanted: Wanted) => (
  <Details summary="More ways to narrow it down" open={hasMore(wanted)}>
    <div className="ww-filter__fields">
      <SelectFrom name="state" label="Now" list={serviceStates} value={wanted.state ?? undefined} empty="All" />
      <SelectFrom name="wait" label="Waiting time" list={waits} value={wanted.wait ?? undefined} empty="Any" />
      <SelectFrom name="cost" label="Cost" list={affordable} value={wanted.cost ?? undefined} empty="Any" />
      <SelectFrom
        name="language"
        label="Language"
        list={spokenLanguages}
        value={wanted.language ?? undefined}
        empty="Any"
      />
      <SelectFrom name="work" label="For people" list={workStandings} value={wanted.work ?? undefined} empty="All" />
    </div>
    <Tick name="open" label="Open at this moment" value={wanted.open} small />
    <Tick name="room" label="Has places" value={wanted.room} small />
    <CheckboxesFrom name="access" label="Getting in and taking part" list={accesses} value={wanted.access} small />
  </Details>
)

const hasMore = ({ state, wait, cost, language, work, open, room, access }: Wanted) =>
  [state, wait, cost, language, work].some((one) => one !== null) || open || room || access.length > 0
