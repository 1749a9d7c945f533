import { inWords } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Timeline } from '#platform/html/lists.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { type Rhythm, rhythms } from './rules.ts'

type Promised = Readonly<{ number: number; every: Rhythm; at: Temporal.Instant; byName: string }>

type RhythmProps = FormState &
  Readonly<{ episode: string; name: string; promised: readonly Promised[]; now: Temporal.Instant }>

/** Says how often a person was promised to hear from their coach. */
export const RhythmForm = ({ episode, name, promised, now, ...state }: RhythmProps) => {
  const [held] = promised
  return (
    <FormPage
      title="How often they hear from you"
      caption={name}
      back={{ href: `/episodes/${episode}/weight`, label: 'Back to the points' }}
      width="reading"
      action={`/episodes/${episode}/rhythm`}
      edits={{ version: held?.number ?? 0, now: held ? <p>{rhythms[held.every].label}</p> : null }}
      {...state}
    >
      <RadiosFrom
        name="every"
        label="What did you promise?"
        hint="Ask the person what helps. Days that are due stay as they are."
        list={rhythms}
        {...(held ? { value: held.every } : {})}
      />
      <Button>Save</Button>
      <h2 className="nhsuk-heading-m">What was promised before</h2>
      <Timeline
        happenings={promised.map(({ number, every, at, byName }) => ({
          ...{ key: `${number}`, what: rhythms[every].label },
          ...{ when: inWords(at, now), moment: at.toString(), by: byName },
        }))}
        empty="Nothing was promised yet."
      />
    </FormPage>
  )
}
