import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom, Tick } from '#platform/html/choices.tsx'
import { Card } from '#platform/html/content.tsx'
import { DateField } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Agreed, agreedWords, type Change, changeKinds, waysTogether } from '#journey/plan/rules.ts'

type About = Readonly<{ person: string; address: string }>

type AgreeProps = FormState &
  About &
  Readonly<{ id: string; version: string; first: boolean; changes: readonly Change[]; today: string }>

/** Agreeing a plan: what is agreed stands first, then when and how. */
export const AgreePlan = ({ person, address, id, version, first, changes, today, problems, typed }: AgreeProps) => (
  <FormPage
    title={first ? 'Agree this plan' : 'Agree these changes'}
    caption={person}
    back={{ href: address, label: 'Back to the plan' }}
    action={`${address}/agreement`}
    {...{ problems, typed }}
    fields={{ id }}
    edits={{ version, now: <ReadAgain /> }}
    width="reading"
  >
    <h2 className="nhsuk-heading-m">{first ? 'What is agreed' : 'What has changed since it was last agreed'}</h2>
    <Changes changes={changes} />
    <DateField name="agreed" label="On which day did you agree it?" value={today} />
    <RadiosFrom name="how" label="How did you agree it?" list={waysTogether} />
    <Tick name="both" label="We both agree with this plan" hint="They have heard or read it, and said yes" />
    <Button>Agree this plan</Button>
  </FormPage>
)

const ReadAgain = () => <p>The plan as it is now stands below: read it together again before you agree it.</p>

/** What still stands in the way of agreeing, so that it can be put right. */
export const CannotAgreeYet = ({ person, address, reasons }: About & { reasons: readonly string[] }) => (
  <Page
    title="This plan cannot be agreed yet"
    caption={person}
    back={{ href: address, label: 'Back to the plan' }}
    width="reading"
  >
    <p>Before you agree it:</p>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {reasons.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  </Page>
)

type Version = Agreed & Readonly<{ id: string; changes: readonly Change[] }>

/** Every version that was agreed, with what was different from the one before. */
export const Versions = ({ person, address, versions }: About & { versions: readonly Version[] }) => (
  <Page
    title="Versions that were agreed"
    caption={person}
    back={{ href: address, label: 'Back to the plan' }}
    width="reading"
  >
    {versions.length === 0 ? <p>A version appears here each time the plan is agreed.</p> : null}
    {versions.map((version) => (
      <Card key={version.id} heading={agreedWords(version)}>
        <Changes changes={version.changes} />
      </Card>
    ))}
  </Page>
)

/** What was added, changed and taken out, line by line. */
const Changes = ({ changes }: { changes: readonly Change[] }) => (
  <ul className="nhsuk-list nhsuk-list--bullet">
    {changes.map(({ kind, what, before, after }) => (
      <li key={`${what} ${before} ${after}`}>
        <strong>
          {what} {changeKinds[kind].label}:
        </strong>{' '}
        {before === undefined ? null : <del>{before}</del>} {after === undefined ? null : <ins>{after}</ins>}
      </li>
    ))}
  </ul>
)
