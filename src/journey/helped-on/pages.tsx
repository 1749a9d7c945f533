import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { DateField } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { useShell } from '#platform/html/shell.tsx'
import { Table } from '#platform/html/table.tsx'
import { nearYou } from '#registers/near-you/rules.ts'
import { waysOfTelling } from '#journey/decision/rules.ts'

type ToTell = Readonly<{ referral: string; person: string; name: string; whereTo: string; at: Temporal.Instant }>

const breadcrumbs = [{ href: '/referrals', label: 'Referrals' }]

/** Who is not eligible and has not been told yet where they get help instead. */
export const PeopleToTell = ({ people, now }: { people: readonly ToTell[]; now: Temporal.Instant }) => (
  <Page
    title="People to tell"
    lede="They are not eligible here, and nobody has told them yet where they can get help instead."
    breadcrumbs={breadcrumbs}
  >
    <Table
      caption="People to tell"
      captionSize="hidden"
      rows={people}
      rowKey={({ referral }) => referral}
      columns={[
        {
          key: 'who',
          label: 'Person',
          names: true,
          cell: ({ person, name }) => <a href={`/people/${person}`}>{name}</a>,
        },
        { key: 'where', label: 'Helped on to', cell: ({ whereTo }) => whereTo },
        { key: 'when', label: 'Decided', cell: ({ at }) => inWords(at, now) },
        {
          key: 'do',
          label: 'Next',
          cell: ({ referral, name }) => (
            <a href={`/referrals/${referral}/telling`}>
              Record that they were told<span className="nhsuk-u-visually-hidden">: {name}</span>
            </a>
          ),
        },
      ]}
      empty="Whoever is found not eligible appears here until somebody has told them where they can get help."
    />
  </Page>
)

type TellingProps = FormState & Readonly<{ toTell: ToTell; members: CodeList; member: string; today: string }>

const LookThemselves = () => {
  const { area } = useShell()
  return area ? (
    <p>
      They can also look for themselves, without signing in:{' '}
      <a href={nearYou(area.code)}>support near them, to show or to print</a>.
    </p>
  ) : null
}

/** Recording that somebody was told where they get help instead. */
export const Telling = ({ toTell, members, member, today, problems, typed }: TellingProps) => (
  <FormPage
    title="They were told"
    caption={toTell.name}
    back={{ href: `/referrals/${toTell.referral}/eligibility`, label: 'Back to the decision' }}
    action={`/referrals/${toTell.referral}/telling`}
    width="reading"
    {...{ problems, typed }}
  >
    <Inset>
      <p>Helped on to: {toTell.whereTo}</p>
    </Inset>
    <LookThemselves />
    <SelectFrom name="toldBy" label="Who told them?" list={members} value={member} />
    <RadiosFrom name="toldHow" label="How?" list={waysOfTelling} small />
    <DateField name="toldOn" label="When?" value={today} />
    <Button>Save</Button>
  </FormPage>
)
