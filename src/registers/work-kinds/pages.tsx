import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { Tick } from '#platform/html/choices.tsx'
import { type Decision, Decisions } from '#platform/html/decisions.tsx'
import { TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Kind, mostKinds, newAtOnce } from './rules.ts'

type KindsProps = FormState & Readonly<{ kinds: readonly Kind[]; decisions: readonly Decision[]; version: string }>

/** Says which kinds of other work an area tells apart. */
export const KindsForm = ({ kinds, decisions, version, problems, typed }: KindsProps) => (
  <Page
    title="Kinds of other work"
    lede="What coaches choose from when they write down work that is not about one person. It is added up by these."
    back={{ href: '/area', label: 'Area' }}
    problems={problems}
    width="reading"
  >
    <Form
      action="/area/other-work"
      edits={{ version, now: <DecidedHere decisions={decisions} /> }}
      {...{ problems, typed }}
    >
      {kinds.map(({ code, label, ended }, place) => (
        <section key={code}>
          <TextField name={`label${place}`} label={`Kind ${place + 1}`} value={label} />
          <Tick name={`offered${place}`} label="Can be chosen" value={!ended} small />
        </section>
      ))}
      {kinds.length + newAtOnce > mostKinds ? null : <NewOnes after={kinds.length} />}
      <TextField name="reason" label="Why (optional)" />
      <Button>Save</Button>
    </Form>
    <h2 className="nhsuk-heading-m">What was decided before</h2>
    <DecidedHere decisions={decisions} />
  </Page>
)

const NewOnes = ({ after }: Readonly<{ after: number }>) => (
  <>
    <h2 className="nhsuk-heading-m">New kinds</h2>
    {Array.from({ length: newAtOnce }, (_, place) => (
      <TextField key={place} name={`label${after + place}`} label={`Another kind (optional)`} />
    ))}
  </>
)

const DecidedHere = ({ decisions }: Pick<KindsProps, 'decisions'>) => (
  <Decisions
    decisions={decisions}
    nameOf={() => 'Kinds of other work'}
    valueOf={inWords}
    empty="Nothing has been changed from the usual kinds."
  />
)

function inWords(value: unknown): string {
  // Checked: only kinds are kept under this name.
  const kinds = Array.isArray(value) ? (value as readonly Kind[]) : []
  return kinds.map(({ label, ended }) => (ended ? `${label} (ended)` : label)).join('; ')
}
