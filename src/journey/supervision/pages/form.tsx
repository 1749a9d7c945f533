import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, type CodeList } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { DateField, TextArea } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage } from '#platform/html/page.tsx'
import type { Supervision } from '#journey/supervision/rules.ts'

type Held = Supervision & Readonly<{ agreed: string; cases: readonly string[] }>

type FormProps = FormState &
  Readonly<{
    id?: string
    with: Readonly<{ id: string; name: string }>
    cases: CodeList
    today: Temporal.PlainDate
    /** The supervision that is changed; undefined where it is written down for the first time. */
    held: Held | undefined
  }>

/** Writes a supervision down, or changes what one of the two wrote. */
export const SupervisionForm = ({ id, with: whom, cases, today, held, ...state }: FormProps) => (
  <FormPage
    title={held ? 'Change this supervision' : 'Write a supervision down'}
    caption={`With ${whom.name}`}
    back={held ? { href: `/supervisions/${held.id}`, label: 'Back' } : { href: '/supervisions', label: 'Supervision' }}
    width="reading"
    action={held ? `/supervisions/${held.id}/words` : `/supervisions/new/${whom.id}`}
    {...(held ? { edits: { version: held.version, now: <AsItStands {...held} /> } } : { fields: { id: id ?? '' } })}
    draft
    {...state}
  >
    <Inset>
      <p>
        Only you and {whom.name} can read this. It is no part of anybody’s record: what is decided about a person is put
        on their record afterwards, where you choose to.
      </p>
    </Inset>
    <Fields {...{ cases, today, held }} />
    <Button>Save</Button>
  </FormPage>
)

const Fields = ({ cases, today, held }: Pick<FormProps, 'cases' | 'today' | 'held'>) => (
  <>
    <DateField name="on" label="When was it held?" value={(held?.onDay ?? today).toString()} />
    {Object.keys(cases).length === 0 ? null : (
      <CheckboxesFrom
        name="cases"
        label="Whom did you talk about? (optional)"
        hint="The coach’s people whose record you may both open"
        list={cases}
        value={held?.cases ?? []}
        small
      />
    )}
    <TextArea
      name="agreed"
      label="What did you agree?"
      hint="About the coach’s work, learning and wellbeing. Leave names and health out: tick the people above."
      rows={8}
      maximum={4000}
      value={held?.agreed ?? ''}
    />
    <DateField
      name="next"
      label="When is the next one? (optional)"
      hint="It stands on the day of you both a week before"
      value={held?.nextOn?.toString() ?? ''}
    />
  </>
)

const AsItStands = ({ onDay, nextOn, agreed }: Held) => (
  <SummaryList
    compact
    rows={[
      { label: 'Held', value: longDay(onDay) },
      { label: 'Agreed', value: agreed },
      { label: 'Next', value: nextOn && longDay(nextOn) },
    ]}
    missing="No day is set"
  />
)

type DecisionProps = FormState & Readonly<{ id: string; supervision: string; episode: string; name: string }>

/** Puts what was decided about one case on its record. */
export const DecisionForm = ({ id, supervision, episode, name, ...state }: DecisionProps) => (
  <FormPage
    title="Put a decision on the record"
    caption={name}
    back={{ href: `/supervisions/${supervision}`, label: 'Back to the supervision' }}
    width="reading"
    action={`/supervisions/${supervision}/cases/${episode}/decision`}
    fields={{ id }}
    {...state}
  >
    <Inset>
      <p>
        Everybody who may open the record reads it, and it is part of the copy that the person can ask for. The rest of
        the supervision is not.
      </p>
    </Inset>
    <TextArea name="decided" label="What was decided?" rows={4} maximum={1000} />
    <Button>Put it on the record</Button>
  </FormPage>
)
