import type { ReactNode } from 'react'
import { shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, type CodeList, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { Details, Inset, Tag } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import {
  type Changed,
  type ChangeCount,
  type Effect,
  exclusions,
  rulesInWords,
  type AreaRules,
  ways,
  workSituations,
} from '#journey/eligibility/rules.ts'

type Preset = Readonly<{
  code: string
  name: string
  rules: AreaRules
  councils: readonly Readonly<{ council: string; name: string; rules: Partial<AreaRules> }>[]
  weekLimits: Readonly<Record<string, number>> | null
  note: string | null
  source: string
}>

/** What other rules would do, as this reader may know it. */
export type Shown = Readonly<{ effect: Effect; count: (number: number) => string; names: boolean }>

type ChangeProps = FormState &
  Readonly<{
    id: string
    preset: string
    councils?: CodeList | undefined
    previewed?: string
    shown?: Shown | undefined
  }>

/** New rules for the whole area: to look at whom they would change something for, and then to set. */
export const ChangeRules = ({ presets, ...props }: ChangeProps & { presets: readonly Preset[] }) => (
  <Change {...props} title="Change who we can support">
    <Presets presets={presets} chosen={props.preset} />
    <h2 className="nhsuk-heading-m">Who</h2>
    <Ages />
    <Tick
      name="condition"
      label="A health condition or disability affects their work"
      hint="Asked as yes or no, never which"
    />
    <Tick
      name="rightToWork"
      label="They are allowed to work in the UK"
      hint="Asked, and never proven with a document"
    />
    <Tick name="england" label="They live or have a GP in England" />
    <CheckboxesFrom name="places" label="What makes somebody belong to the area? One is enough" list={ways} />
    <h2 className="nhsuk-heading-m">Work</h2>
    <CheckboxesFrom name="work" label="Which work situations?" list={workSituations} />
    <Weeks hint="12 and 26 are used elsewhere. Leave empty for no limit. Counted up to the day they were referred" />
    <TextField
      name="employerUnder"
      label="Only where the employer has fewer staff than"
      width={5}
      inputMode="numeric"
      hint="Leave empty for any employer"
    />
    <Tick name="withoutOccupationalHealth" label="Only where the employer offers no occupational health" />
    <CheckboxesFrom
      name="excluded"
      label="Who is better helped elsewhere?"
      hint="They are always helped on to somewhere else, never just refused"
      list={exclusions}
    />
  </Change>
)

/** What is different in one council; what is left empty stays as in the whole area. */
export const ChangeCouncilRules = (props: ChangeProps & { councils: CodeList }) => (
  <Change {...props} title="Different rules for one council">
    <SelectFrom name="council" label="Council" list={props.councils} />
    <p>Leave empty what is the same as in the whole area. Leave all three empty to end a difference.</p>
    <Ages />
    <Weeks hint="Leave empty for the limit of the area" />
  </Change>
)

const Change = ({
  title,
  id,
  preset,
  councils,
  previewed,
  shown,
  children,
  ...state
}: ChangeProps & { title: string; children: ReactNode }) => (
  <FormPage
    title={title}
    width="reading"
    back={{ href: '/area/eligibility', label: 'Who we can support' }}
    action="/area/eligibility"
    fields={{ id, preset, ...(previewed === undefined ? {} : { previewed }), kind: councils ? 'council' : 'area' }}
    {...state}
  >
    {shown ? <EffectOf {...shown} /> : null}
    {children}
    <h2 className="nhsuk-heading-m">From when and why</h2>
    <DateField name="fromOn" label="First day of these rules" />
    <TextArea
      name="reason"
      label="Why do the rules change?"
      hint="Kept in the history. Nothing about one person"
      rows={2}
      maximum={400}
    />
    <ButtonGroup>
      <Button action="/area/eligibility/proposal" secondary={shown !== undefined}>
        Show whom this would change
      </Button>
      {shown ? <Button>Set these rules</Button> : null}
    </ButtonGroup>
  </FormPage>
)

const Ages = () => (
  <>
    <TextField name="minAge" label="Youngest age" width={3} inputMode="numeric" hint="Leave empty for none" />
    <TextField name="maxAge" label="Oldest age" width={3} inputMode="numeric" hint="Leave empty for none" />
  </>
)

const Weeks = ({ hint }: { hint: string }) => (
  <TextField name="weeksOutOfWork" label="Out of work for fewer weeks than" width={3} inputMode="numeric" hint={hint} />
)

const Presets = ({ presets, chosen }: { presets: readonly Preset[]; chosen: string }) => (
  <Details summary="Begin from what an area has published" open={chosen !== ''}>
    {presets.map((preset) => (
      <section key={preset.code}>
        <h3 className="nhsuk-heading-s">
          <a href={`/area/eligibility/new?preset=${preset.code}`}>{preset.name}</a>{' '}
          {preset.code === chosen ? <Tag colour="blue">Filled in below</Tag> : null}
        </h3>
        <p>{preset.note}</p>
        {preset.councils.map(({ council, name, rules }) => (
          <p key={council}>
            <a href={`/area/eligibility/council?preset=${preset.code}&council=${council}`}>Different in {name}</a>:{' '}
            {rulesInWords(rules)
              .map(({ label, value }) => `${label}: ${value}`)
              .join('; ')}
          </p>
        ))}
        {preset.weekLimits ? (
          <p>
            Weeks of support there: {weeksOf(preset.weekLimits)}. Set yours under{' '}
            <a href="/area/settings">how this area works</a>.
          </p>
        ) : null}
        <p className="nhsuk-hint">Source: {preset.source}</p>
      </section>
    ))}
  </Details>
)

function weeksOf(limits: Readonly<Record<string, number>>): string {
  const [inWork, seeking] = [limits['thrive-in-work'], limits['seek-work']]
  return inWork === seeking ? `${inWork}` : `${inWork} in work, ${seeking} when seeking work`
}

const EffectOf = ({ effect, count, names }: Shown) => {
  const { looked, counts, people } = effect
  const all = `${count(looked.open)} open referrals and ${count(looked.decided)} of the last 12 months`
  return (
    <section aria-labelledby="effect">
      <h2 id="effect" className="nhsuk-heading-m">
        Whom this would change
      </h2>
      <Inset>
        <p>
          {counts.length === 0 ? 'Nobody’s answer would change. ' : null}
          We looked at {all}. Decisions already made stand.
        </p>
      </Inset>
      {counts.length > 0 ? (
        <Table
          caption="How the answer would change"
          columns={countColumns(count)}
          rows={counts}
          rowKey={(one) => `${one.before} ${one.after}`}
          empty=""
        />
      ) : null}
      {names && people.length > 0 ? (
        <Table
          caption={people.length === 50 ? 'The first 50 people' : 'These people'}
          columns={peopleColumns}
          rows={people}
          rowKey={(one) => one.referral}
          empty=""
        />
      ) : null}
    </section>
  )
}

const countColumns = (count: Shown['count']): readonly Column<ChangeCount>[] => [
  { key: 'before', label: 'Answer now', names: true, cell: (one) => one.before },
  { key: 'after', label: 'Answer then', cell: (one) => one.after },
  { key: 'open', label: 'Open referrals', numeric: true, cell: (one) => count(one.open) },
  { key: 'decided', label: 'Last 12 months', numeric: true, cell: (one) => count(one.decided) },
]

const peopleColumns: readonly Column<Changed>[] = [
  {
    key: 'name',
    label: 'Person',
    names: true,
    cell: (one) => <a href={`/referrals/${one.referral}/eligibility`}>{one.name}</a>,
  },
  { key: 'received', label: 'Referred', nowrap: true, cell: (one) => shortDay(one.receivedOn) },
  { key: 'open', label: 'Referral', cell: (one) => (one.open ? 'Open' : 'Decided') },
  { key: 'change', label: 'Change', cell: (one) => `${one.before} → ${one.after}` },
  { key: 'why', label: 'Why', prose: true, cell: (one) => one.why.join(' ') },
]
