import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { inPounds, moneyKinds, posts } from '#programme/staff-and-money/rules.ts'
import type { MoneyEntry, StaffEntry } from './overview.tsx'

type Of = FormState & Readonly<{ organisation: Readonly<{ id: string; name: string }> }>

const back = (organisation: string) => ({ href: `/staff-and-money?organisation=${organisation}` })
const Why = () => (
  <TextField
    name="why"
    label="Why it changes (only where a number stands already)"
    hint="What was entered before stays as history, with your name beside the new number"
  />
)

/** Enters how many people of a role are meant to work in an organisation from a day on. */
export const PlannedStaffForm = ({
  organisation,
  newest,
  problems,
  typed,
}: Of & { newest: StaffEntry | undefined }) => (
  <FormPage
    title="Enter planned staff"
    caption={organisation.name}
    back={back(organisation.id)}
    action={`/staff-and-money/${organisation.id}/staff`}
    edits={{ version: newest?.id ?? 'none', now: newest && <p>{staffInWords(newest)}</p> }}
    width="reading"
    {...{ problems, typed }}
  >
    <SelectFrom name="role" label="Role" list={posts} empty="Choose a role" />
    <TextField
      name="people"
      label="How many people"
      hint="People, not hours. 0 where the role is not meant to be filled"
      width={4}
      inputMode="numeric"
    />
    <DateField name="from" label="From which day" hint="It holds until another number is entered for a later day" />
    <Why />
    <Button>Save</Button>
  </FormPage>
)

type MoneyFormProps = Of &
  Readonly<{ newest: MoneyEntry | undefined; months: Readonly<Record<string, { label: string }>> }> &
  Readonly<{ month: string }>

/** Enters what an organisation means to spend in a month, or spent. */
export const MoneyForm = ({ organisation, newest, months, month, problems, typed }: MoneyFormProps) => (
  <FormPage
    title="Enter money"
    caption={organisation.name}
    back={back(organisation.id)}
    action={`/staff-and-money/${organisation.id}/money`}
    edits={{ version: newest?.id ?? 'none', now: newest && <p>{moneyInWords(newest)}</p> }}
    width="reading"
    {...{ problems, typed }}
  >
    <RadiosFrom name="kind" label="Is this planned, or was it spent?" list={moneyKinds} inline />
    <SelectFrom name="month" label="Month" list={months} empty={false} value={month} />
    <TextField name="pounds" label="Whole pounds" prefix="£" width={10} inputMode="numeric" />
    <Why />
    <Button>Save</Button>
  </FormPage>
)

function staffInWords({ role, people, from_on, by }: StaffEntry): string {
  return `Entered last: ${posts[role].label}, ${people} from ${longDay(from_on)}, by ${by}.`
}

function moneyInWords({ kind, month, pounds, by }: MoneyEntry): string {
  return `Entered last: ${moneyKinds[kind].label.toLowerCase()} for ${month}, ${inPounds(pounds)}, by ${by}.`
}
