import { shortDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonGroup } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Details, Inset } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type CoverEffect, coverKinds } from '#registers/coverage/rules.ts'
import { type Around, type Kept, lastDay, nameIn } from './list.tsx'

type Shown = Readonly<{ shown?: CoverEffect | undefined }>
type AddProps = FormState & Around & Shown & Readonly<{ id: string; from: Temporal.PlainDate }>

/** Adds a place, with a look at whom that would change something for. */
export const AddCover = ({ id, from, choices, shown, problems, typed }: AddProps) => (
  <FormPage
    title="Add a place we cover"
    width="reading"
    back={{ href: '/area/coverage', label: 'Places we cover' }}
    action="/area/coverage"
    fields={{ id }}
    problems={problems}
    typed={typed}
  >
    {shown ? <EffectOf {...shown} /> : null}
    <RadiosFrom
      name="kind"
      label="What is covered?"
      list={coverKinds}
      reveal={{
        board: <SelectFrom name="board" label="Board" list={choices.board} />,
        council: <SelectFrom name="council" label="Council" list={choices.council} />,
        jobcentre: <JobcentreField choices={choices} />,
        outward: <TextField name="outward" label="First half of the postcode" hint="For example BL1" width={5} />,
      }}
    />
    <Days from={from.toString()} until="" />
    <Buttons preview="/area/coverage/proposal" shown={shown} />
  </FormPage>
)

const JobcentreField = ({ choices }: Pick<Around, 'choices'>) =>
  Object.keys(choices.jobcentre).length > 0 ? (
    <SelectFrom name="jobcentre" label="Jobcentre" list={choices.jobcentre} />
  ) : (
    <p>
      No Jobcentre is known yet. <a href="/area/jobcentres/new">Add the office</a> first.
    </p>
  )

type ChangeProps = FormState & Around & Shown & Readonly<{ cover: Kept }>

/** Changes from when and until when a place is covered; ending it is a last day. */
export const ChangeCover = ({ cover, shown, problems, typed, ...around }: ChangeProps) => (
  <FormPage
    title={nameIn(cover, around)}
    caption="Places we cover"
    width="reading"
    back={{ href: '/area/coverage', label: 'Places we cover' }}
    action={`/area/coverage/${cover.id}`}
    edits={{
      version: cover.version,
      now: (
        <SummaryList
          compact
          rows={[
            { label: 'From', value: shortDay(cover.fromOn) },
            { label: 'Until', value: lastDay(cover.untilOn) },
          ]}
        />
      ),
    }}
    problems={problems}
    typed={typed}
  >
    {shown ? <EffectOf {...shown} /> : null}
    <Days from={cover.fromOn.toString()} until={cover.untilOn?.toString() ?? ''} />
    <Buttons preview={`/area/coverage/${cover.id}/proposal`} shown={shown} />
  </FormPage>
)

const Days = ({ from, until }: Readonly<{ from: string; until: string }>) => (
  <>
    <DateField name="from" label="From" hint="People who were referred on this day or later belong here" value={from} />
    <DateField
      name="until"
      label="Until (optional)"
      hint="The first day on which it is no longer covered. Who was referred before stays in the area"
      value={until}
    />
    <TextArea name="reason" label="Why?" hint="Kept in the history. Nothing about one person" rows={2} maximum={400} />
  </>
)

const Buttons = ({ preview, shown }: Readonly<{ preview: string }> & Shown) => (
  <ButtonGroup>
    <Button>Save</Button>
    <Button action={preview} secondary>
      {shown ? 'Show again whom this would change' : 'Show whom this would change'}
    </Button>
  </ButtonGroup>
)

const EffectOf = ({ looked, counts, people }: CoverEffect) => (
  <section aria-labelledby="effect">
    <h2 id="effect" className="nhsuk-heading-m">
      Whom this would change
    </h2>
    <Inset>
      <p>
        {counts.length === 0 ? 'Nobody’s answer would change. ' : null}
        We looked at {looked}. Decisions already made stand.
      </p>
      {counts.map(({ before, after, open, decided }) => (
        <p key={`${before} ${after}`}>
          <b>
            {before} → {after}
          </b>
          : {open} open, {decided} of the last 12 months
        </p>
      ))}
    </Inset>
    {people.length > 0 ? (
      <Details summary={people.length === 50 ? 'The first 50 people' : 'These people'}>
        <Table
          caption="Who"
          captionSize="hidden"
          columns={peopleColumns}
          rows={people}
          rowKey={({ referral }) => referral}
          empty=""
        />
      </Details>
    ) : null}
  </section>
)

const peopleColumns: readonly Column<CoverEffect['people'][number]>[] = [
  {
    key: 'name',
    label: 'Person',
    names: true,
    cell: ({ referral, name }) => <a href={`/referrals/${referral}/eligibility`}>{name}</a>,
  },
  { key: 'change', label: 'Change', cell: ({ before, after }) => `${before} → ${after}` },
  { key: 'why', label: 'Why', prose: true, cell: ({ why }) => why.join(' ') },
]
