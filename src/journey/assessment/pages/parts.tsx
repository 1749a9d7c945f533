import { Fragment, type ReactNode } from 'react'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { Details } from '#platform/html/content.tsx'
import { Folded } from '#platform/html/form.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { employerSizes, sectors } from '#registers/organisations/rules.ts'
import {
  barrierCodes,
  type BarrierPart,
  barriers,
  benefits,
  employmentStatuses,
  healthKinds,
  jobRisks,
  occupations,
  type TextPart,
  texts,
  workFrom,
  yesNo,
} from '#journey/assessment/rules.ts'
import { type MayHelp, WhatMayHelp } from './may-help.tsx'
import { difficultyHint, type SaidBefore, workHint, workThen } from './said-before.tsx'

/** The parts of the conversation in the order of the page; they can be filled in in any order. */
export const parts = {
  work: { label: 'Work' },
  physical: { label: 'Body' },
  psychological: { label: 'Mind' },
  social: { label: 'Situation' },
  matters: { label: 'What matters' },
  measures: { label: 'Measures' },
  heard: { label: 'What we heard' },
} as const

export type Part = keyof typeof parts

type PartProps = Readonly<{ part: Part; next?: Part; prompts: readonly string[]; children: ReactNode }>

/** One part of the page, with what may be asked folded away and its own way to save. */
export const PartOf = ({ part, next, prompts, children }: PartProps) => (
  <section id={part} aria-labelledby={`${part}-heading`}>
    <h2 className="nhsuk-heading-m" id={`${part}-heading`}>
      {parts[part].label}
    </h2>
    {prompts.length === 0 ? null : (
      <Details summary="What you might ask">
        <ul className="nhsuk-list nhsuk-list--bullet">
          {prompts.map((prompt) => (
            <li key={prompt}>{prompt}</li>
          ))}
        </ul>
      </Details>
    )}
    {children}
    {next === undefined ? null : (
      <Button name="next" value={next} secondary context={`with ${parts[next].label}`}>
        Save and carry on
      </Button>
    )}
  </section>
)

type Before = Readonly<{
  said: readonly SaidBefore[]
  /** What may be done about each barrier, by the area's library. */
  mayHelp: MayHelp
}>

export const WorkPart = ({ said, mayHelp }: Before) => (
  <PartOf
    part="work"
    next="physical"
    prompts={[
      'What do you do, or what did you do last? What did you like about it?',
      'What happens on a good day at work, and on a bad one?',
      'Does your line manager know? What have you tried together?',
      'If you are off: what would have to be different so that you could go back?',
    ]}
  >
    <HowTheyStand said={said} />
    <DateField name="absent_since" label="First day off sick" hint="Leave empty if they are not off sick." />
    <TextField
      name="contracted_hours"
      label="Hours a week in the contract"
      hint="For example 37.5"
      inputMode="decimal"
      width={5}
    />
    <TextField name="hours_now" label="Hours a week worked now" inputMode="decimal" width={5} />
    <AboutTheJob />
    <InTheWay part="work" {...{ said, mayHelp }} />
    <InWords part="work" />
  </PartOf>
)

const HowTheyStand = ({ said }: Pick<Before, 'said'>) => {
  const { status, offSick } = workFrom(workThen(said))
  return (
    <>
      <SelectFrom
        name="employment_status"
        label="How do they stand to work now?"
        hint={workHint(said)}
        list={employmentStatuses}
        value={status}
      />
      <RadiosFrom name="on_sick_absence" label="Off sick now?" list={yesNo} value={offSick} inline reveal={{}} />
    </>
  )
}

const AboutTheJob = () => (
  <>
    <SelectFrom
      name="occupation"
      label="Kind of job"
      hint="Standard Occupational Classification 2020, the job they have or had last."
      list={occupations}
    />
    <SelectFrom name="sector" label="Kind of business" hint="Standard Industrial Classification 2007." list={sectors} />
    <SelectFrom name="employer_size" label="How many people work for the employer?" list={employerSizes} />
    <RadiosFrom name="oh_access" label="Can they see occupational health through work?" list={yesNo} inline />
    <CheckboxesFrom name="job_risks" label="Is the job at risk?" list={jobRisks} none="none" />
    <TextField
      name="weeks_out_of_work"
      label="Weeks out of work"
      hint="Only if they are out of work."
      inputMode="numeric"
      width={4}
    />
    <Folded summary="Benefits (only if they want to say)" fields={['benefits']}>
      <CheckboxesFrom
        name="benefits"
        label="Benefits they receive"
        hint="Helps to find the right advice. It is never shared with anybody who decides about benefits, and support does not depend on it."
        list={benefits}
      />
    </Folded>
  </>
)

export const PhysicalPart = ({ said, mayHelp }: Before) => (
  <PartOf
    part="physical"
    next="psychological"
    prompts={[
      'What is going on with your health, in your own words?',
      'What makes it better, what makes it worse?',
      'What treatment do you have or wait for? Does it get in the way?',
    ]}
  >
    <CheckboxesFrom
      name="health"
      label="What kind of health condition is it?"
      hint="As many as they have, of body and mind. No diagnosis is needed."
      list={healthKinds}
    />
    <InTheWay part="physical" {...{ said, mayHelp }} />
    <InWords part="physical" />
  </PartOf>
)

export const PsychologicalPart = ({ said, mayHelp }: Before) => (
  <PartOf
    part="psychological"
    next="social"
    prompts={[
      'How have you been in yourself lately?',
      'What goes through your mind when you think of work?',
      'Whom do you talk to when things are hard?',
    ]}
  >
    <InTheWay part="psychological" {...{ said, mayHelp }} />
    <InWords part="psychological" />
  </PartOf>
)

export const SocialPart = ({ said, mayHelp, concerns }: Before & { concerns: string }) => (
  <PartOf
    part="social"
    next="matters"
    prompts={[
      'Who is at home with you? Do you look after somebody?',
      'Is there anything about money or housing that keeps you awake?',
      'How would you get to work, or to us?',
    ]}
  >
    <InTheWay part="social" {...{ said, mayHelp }} />
    <p>
      If they tell you about violence or fear at home, do not write it here.{' '}
      <a href={concerns}>Write it down as a concern</a>, where only a few can read it.
    </p>
    <InWords part="social" />
  </PartOf>
)

export const MattersPart = () => (
  <PartOf
    part="matters"
    next="measures"
    prompts={[
      'What would a good week look like, half a year from now?',
      'What are you good at?',
      'What should I never forget about you?',
    ]}
  >
    <InWords part="matters" />
  </PartOf>
)

/** What stands in the way in one part, each with how much. */
const InTheWay = ({ part, said, mayHelp }: Before & { part: BarrierPart }) => {
  const codes = barrierCodes.filter((code) => barriers[code].part === part)
  const severities = codes.map((code): [string, ReactNode] => [
    code,
    <Fragment key={code}>
      <TextField
        name={`severity-${code}`}
        label="How much does it stand in the way?"
        hint="From 0, not at all, to 10, completely."
        inputMode="numeric"
        width={2}
      />
      <WhatMayHelp suggestions={mayHelp.get(code) ?? []} />
    </Fragment>,
  ])
  return (
    <CheckboxesFrom
      name={`barriers-${part}`}
      label="What stands in the way?"
      hint={difficultyHint(said, part)}
      list={barriers}
      only={codes}
      reveal={Object.fromEntries(severities)}
    />
  )
}

/** Free text, with whose words they are. */
export const InWords = ({ part, hint }: { part: TextPart; hint?: string }) => (
  <>
    <TextArea name={`words-${part}`} label={texts[part].label} hint={hint} rows={4} />
    <Tick name={`own-${part}`} label="These are the person’s own words" />
  </>
)
