import type { FormState } from '#platform/form/rules.ts'
import { dayOf, longDay } from '#platform/dates.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { labelOf, resultInWords } from '#registers/questionnaires/rules.ts'
import { type Scoring, scorings } from '#registers/scoring/rules.ts'
import { aboutHarm } from './rules.ts'

const choices = Object.fromEntries(
  Object.entries<Scoring>(scorings).map(([code, { label, range }]) => [
    code,
    { label: `${label}, ${range[0]} to ${range[1]}` },
  ]),
)

const filledBy = { self: { label: 'The person' }, staff: { label: 'Somebody asked and wrote it down' } } as const

type EnterScoreProps = FormState & Readonly<{ person: Readonly<{ id: string; name: string }>; form: string }>

/** Types in the score of a paper form, without any wording. */
export const EnterScore = ({ person, form, problems, typed }: EnterScoreProps) => (
  <FormPage
    title="Enter a score from paper"
    caption={person.name}
    lede="The score alone is kept, with its day. No question and no answer is."
    back={{ href: `/people/${person.id}/questionnaires`, label: 'Back to the questionnaires' }}
    action={`/people/${person.id}/questionnaires/scores`}
    fields={{ form }}
    width="reading"
    problems={problems}
    typed={typed}
  >
    <SelectFrom
      name="instrument"
      label="Questionnaire, with its lowest and highest score"
      list={choices}
      empty="Select one"
    />
    <TextField
      name="score"
      label="Score"
      hint="A whole number, as it stands on the form"
      inputMode="numeric"
      width={4}
    />
    <DateField name="on" label="When was it filled in?" hint="For example, 5 1 2026" />
    <RadiosFrom name="filled-by" label="Who filled it in?" list={filledBy} />
    <RadiosFrom
      name="harm"
      label="Only for the PHQ-9: what does question 9 say?"
      hint="It asks about being better off dead, and the score does not show it. An answer above “not at all” opens a concern for today."
      list={aboutHarm}
    />
    <Button>Save the score</Button>
  </FormPage>
)

type Typed = Readonly<{
  id: string
  instrument: string
  items: Readonly<Record<string, string>>
  score: number | null
  band: string | null
  missing: number
  answered_at: Temporal.Instant
  by: string | null
  alert: boolean
}>

type TakeBackProps = FormState & Readonly<{ person: Readonly<{ id: string; name: string }>; answer: Typed }>

/** Takes a score back that was typed in wrongly, with the reason. */
export const TakeScoreBack = ({ person, answer, problems, typed }: TakeBackProps) => (
  <FormPage
    title="Take a score back"
    caption={person.name}
    lede="It stays in the history with your reason, and is in no trend and no count any more."
    back={{ href: `/people/${person.id}/questionnaires`, label: 'Back to the questionnaires' }}
    action={`/people/${person.id}/questionnaires/scores/${answer.id}`}
    width="reading"
    problems={problems}
    typed={typed}
  >
    <SummaryList
      rows={[
        { label: 'Questionnaire', value: labelOf(answer.instrument) },
        { label: 'Score', value: resultInWords(answer.instrument, answer) },
        { label: 'Filled in', value: longDay(dayOf(answer.answered_at)) },
        { label: 'Typed in by', value: answer.by },
      ]}
    />
    {answer.alert ? (
      <Inset>
        <p>It opened a concern, which stays open: whoever looks after it says there what was found.</p>
      </Inset>
    ) : null}
    <TextArea
      name="reason"
      label="Why is it not right?"
      hint="For example: typed 18 in place of 8. Then enter the right score."
      rows={2}
      maximum={300}
    />
    <Button>Take it back</Button>
  </FormPage>
)
