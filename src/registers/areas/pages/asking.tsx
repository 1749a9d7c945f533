import { CheckboxesFrom, type CodeList, Tick } from '#platform/html/choices.tsx'
import { TextField } from '#platform/html/fields.tsx'
import type { AreaSettings } from '#registers/areas/rules.ts'

/** What is to be known of a questionnaire so that an area can decide whether it is asked there. */
export type Questionnaires = Readonly<
  Record<string, Readonly<{ label: string; items: Readonly<Record<string, unknown>>; optional?: true; alert?: string }>>
>

/** The questionnaires that are asked only where an area has switched them on, each with what to think of first. */
export function switchable(all: Questionnaires): CodeList {
  const optional = Object.entries(all).filter(([, one]) => one.optional)
  return Object.fromEntries(
    optional.map(([code, { label, items, alert }]) => {
      const count = `${Object.keys(items).length} questions.`
      return [code, { label, hint: alert === undefined ? count : `${count} ${aboutHarm}` }]
    }),
  )
}

const aboutHarm =
  'One asks about self-harm. Somebody who answers on their own is asked it only where the area has named who reads it and when.'

type WhatIsAskedProps = Readonly<{ settings: AreaSettings; questionnaires: CodeList }>

/** Which questionnaires coaches may use beside those that everybody is asked. */
export const WhatIsAsked = ({ settings, questionnaires }: WhatIsAskedProps) => (
  <>
    <h2 className="nhsuk-heading-m">Questionnaires</h2>
    <CheckboxesFrom
      name="questionnaires"
      label="Switched on here"
      hint="Beside the questions asked in every first conversation. Answers that were given stay on the record when one is switched off."
      list={questionnaires}
      value={settings.questionnaires}
    />
    <p>
      Who reads what people answer on their own, and when, is decided under{' '}
      <a href="/area/safety">When somebody may be in danger</a>.
    </p>
  </>
)

/** Whether people read who opened their record by name. */
export const NamesOfReaders = ({ settings }: Pick<WhatIsAskedProps, 'settings'>) => (
  <>
    <h2 className="nhsuk-heading-m">Who has seen a record</h2>
    <p>
      Everybody can see who opened their record: the role, the organisation, the day, what was looked at and why. This
      is so with names and without.
    </p>
    <Tick
      name="namesOfReaders"
      label="Show the names of those who opened it as well"
      hint="Then also for what was opened before. Tell your staff first."
      value={settings.namesOfReaders}
    />
  </>
)

/** How the area is named where others may read along. */
export const InMessages = ({ settings }: Pick<WhatIsAskedProps, 'settings'>) => (
  <TextField
    name="calledInMessages"
    label="What you call yourselves in messages (optional)"
    hint="Others may see somebody’s phone, email or post. Left empty, messages to people say “your team”, in their language. A name that speaks of work, health or this service tells whoever sees it."
    value={settings.calledInMessages ?? ''}
  />
)
