import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import {
  levelCodes,
  levelOf,
  levels,
  raters,
  type Scale,
  signed,
  weightOf,
  weights,
} from '#journey/goal-scaling/rules.ts'

type About = Readonly<{ person: string; scaling: string; goal: Readonly<{ id: string; words: string }> }>

type LevelsProps = FormState & About & Readonly<{ id: string; scale: Scale | undefined }>

const hints = {
  much_less: 'Things get worse, or nothing moves',
  less: 'A step on the way',
  expected: 'What you both think likely by the time support ends. Begin with this one',
  more: 'Better than you expect',
  much_more: 'The best that could happen',
} as const

/** Sets what a goal would look like at five levels. */
export const SetLevels = ({ person, scaling, goal, id, scale, problems, typed }: LevelsProps) => (
  <FormPage
    title={scale ? 'Change the levels of this goal' : 'Set the levels of this goal'}
    caption={person}
    lede={goal.words}
    back={{ href: scaling, label: 'Back to how far each goal has come' }}
    action={`/goals/${goal.id}/levels`}
    fields={{ id }}
    edits={{ version: scale?.number ?? 0, now: scale ? <SummaryList rows={rowsOf(scale)} compact /> : null }}
    draft
    width="reading"
    problems={problems}
    typed={typed}
  >
    {scale ? <p>Where the goal stood by the levels before is kept, and not compared with the new ones.</p> : null}
    {levelCodes.map((code) => (
      <TextField
        key={code}
        name={code}
        label={`${levels[code].label} (${signed(levels[code].number)})`}
        hint={hints[code]}
        value={scale?.words[code]}
      />
    ))}
    <RadiosFrom
      name="baseline"
      label="Where does it stand today?"
      list={levels}
      value={scale && levelOf(scale.baseline)}
    />
    <RadiosFrom
      name="weight"
      label="How much does this goal matter to them?"
      list={weights}
      value={weightOf(scale?.weight)}
    />
    <Button>Save these levels</Button>
  </FormPage>
)

const rowsOf = ({ words, weight, baseline }: Scale) => [
  ...levelCodes.map((code) => ({ label: levels[code].label, value: words[code] })),
  { label: 'Stood at', value: levels[levelOf(baseline)].label },
  { label: 'Weight', value: `${weight}` },
]

type RateProps = FormState & About & Readonly<{ id: string; scale: Scale; today: Temporal.PlainDate }>

/** Says where a goal stands, by its levels. */
export const RateGoal = ({ person, scaling, goal, id, scale, today, problems, typed }: RateProps) => (
  <FormPage
    title="Where does this goal stand?"
    caption={person}
    lede={goal.words}
    back={{ href: scaling, label: 'Back to how far each goal has come' }}
    action={`/goals/${goal.id}/ratings`}
    fields={{ id, scale: scale.id }}
    width="reading"
    problems={problems}
    typed={typed}
  >
    <RadiosFrom
      name="level"
      label="Which of these is closest?"
      list={Object.fromEntries(
        levelCodes.map((code) => [code, { label: scale.words[code], hint: levels[code].label }]),
      )}
    />
    <RadiosFrom name="ratedBy" label="Who says so?" list={raters} />
    <DateField name="on" label="On which day?" value={today.toString()} />
    <Button>Save</Button>
  </FormPage>
)

/** Why levels cannot be set or rated. */
export const PlanIsOver = ({ person, scaling }: Omit<About, 'goal'>) => (
  <Page title="This plan can no longer be changed" caption={person} back={{ href: scaling }} width="reading">
    <p>This spell of support has ended, so its goals and their levels are kept as they were.</p>
  </Page>
)
