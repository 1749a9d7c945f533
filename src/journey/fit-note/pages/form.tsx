import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Folded } from '#platform/html/form.tsx'
import { FormPage } from '#platform/html/page.tsx'
import {
  advices,
  adviceOn,
  difficultyPlaces,
  issuersOf,
  type NoteKind,
  outcomes,
  professions,
  yesNo,
} from '#journey/fit-note/rules.ts'
import type { FitNote } from './list.tsx'

type FormProps = FormState &
  Readonly<{
    id: string
    person: Readonly<{ id: string; name: string }>
    kind: NoteKind
    /** The note that this one puts right. */
    instead: FitNote | undefined
  }>

/** A note as its issuer wrote it, to be written down or put right. */
export const FitNoteForm = ({ id, person, kind, instead, ...state }: FormProps) => (
  <FormPage
    title={instead ? `Put a ${words[kind]} right` : `Write down a ${words[kind]}`}
    caption={person.name}
    back={{ href: `/people/${person.id}/fit-notes`, label: 'Fit notes' }}
    action={`/people/${person.id}/fit-notes/new/${kind}`}
    fields={{ id, ...(instead ? { instead: instead.id } : {}) }}
    width="reading"
    draft
    {...state}
  >
    <Inset>
      <p>
        Copy what stands on it. Only the professional who wrote it says whether somebody is fit for work; we keep it and
        help with what it advises.
      </p>
    </Inset>
    <WhatItSays kind={kind} note={instead} />
    <ForHowLong kind={kind} note={instead} />
    <WhoWroteIt kind={kind} note={instead} />
    <Condition note={instead} />
    {kind === 'ahp-report' ? <Difficulties note={instead} /> : null}
    <Button>{instead ? 'Save it as it should be' : 'Save'}</Button>
  </FormPage>
)

const words: Readonly<Record<NoteKind, string>> = { med3: 'fit note', 'ahp-report': 'health and work report' }

type Parts = Readonly<{ kind: NoteKind; note: FitNote | undefined }>

const WhatItSays = ({ kind, note }: Parts) => (
  <>
    <RadiosFrom
      name="outcome"
      label="What does it say?"
      list={outcomes}
      value={note?.outcome}
      reveal={{
        'may-be-fit': (
          <CheckboxesFrom
            name="advice"
            label="Which boxes are ticked?"
            list={advices}
            only={adviceOn[kind]}
            value={note?.advice}
          />
        ),
      }}
    />
    <TextArea
      name="comments"
      label="Comments on it"
      hint="What it says about how the condition affects what the person can do."
      rows={3}
      maximum={1000}
      value={note?.comments ?? undefined}
    />
  </>
)

const ForHowLong = ({ kind, note }: Parts) => (
  <>
    <DateField name="from" label="First day it covers" value={note?.fromOn.toString()} />
    <DateField
      name="until"
      label="Last day it covers"
      hint="Leave this empty if it gives a number of weeks, or has no end."
      value={note?.untilOn?.toString()}
    />
    <TextField
      name="weeks"
      label="Or for how many weeks"
      hint="Counted from the first day."
      width={3}
      inputMode="numeric"
    />
    <Tick name="open" label="It has no end" value={note !== undefined && note.untilOn === null} />
    <RadiosFrom
      name="again"
      label="Will they need to be assessed again at the end?"
      list={yesNo}
      value={note?.assessAgain === true ? 'yes' : note?.assessAgain === false ? 'no' : undefined}
      inline
    />
    {kind === 'ahp-report' ? (
      <DateField
        name="review"
        label="On which day?"
        hint="If the report names one."
        value={note?.reviewOn?.toString()}
      />
    ) : null}
  </>
)

const WhoWroteIt = ({ kind, note }: Parts) => (
  <>
    <TextField name="issuer" label="Name of who wrote it" value={note?.issuer} />
    <SelectFrom
      name="profession"
      label="Their profession"
      list={professions}
      only={issuersOf[kind]}
      value={note?.profession}
    />
    <TextField
      name="organisation"
      label="Where they work"
      hint="The practice, hospital or clinic. You can leave this empty."
      value={note?.organisation ?? undefined}
    />
    {kind === 'ahp-report' ? <OfPractitioner note={note} /> : null}
    <DateField name="assessed" label="Day of the assessment" value={note?.assessedOn.toString()} />
    <DateField name="stated" label="Day on which it was written" value={note?.statedOn.toString()} />
  </>
)

const OfPractitioner = ({ note }: Pick<Parts, 'note'>) => (
  <>
    <TextField
      name="registration"
      label="Their HCPC number"
      hint="You can leave this empty."
      width={10}
      value={note?.registration ?? undefined}
    />
    <TextField
      name="contact"
      label="How to reach them"
      hint="The phone number or email address on the report. You can leave this empty."
      value={note?.contact ?? undefined}
    />
  </>
)

const Condition = ({ note }: Pick<Parts, 'note'>) => (
  <Folded summary="The condition it names" fields={['condition', 'since']}>
    <TextField
      name="condition"
      label="Condition"
      hint="Only if the person is content that we keep it. An employer never sees it from us."
      value={note?.condition ?? undefined}
    />
    <DateField
      name="since"
      label="Since when have they had it?"
      hint="In the first six months a note may hold for three months at most. This lets us tell."
      value={note?.since?.toString()}
    />
  </Folded>
)

const Difficulties = ({ note }: Pick<Parts, 'note'>) => (
  <fieldset className="nhsuk-fieldset">
    <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">
      What is difficult at work, and what is recommended
    </legend>
    {difficultyPlaces.map((place) => (
      <div key={place}>
        <TextField
          name={`difficulty${place}`}
          label={`Difficulty ${place}`}
          value={note?.difficulties[place - 1]?.difficulty}
        />
        <TextField
          name={`recommendation${place}`}
          label={`Recommendation or goal ${place}`}
          value={note?.difficulties[place - 1]?.recommendation ?? undefined}
        />
      </div>
    ))}
  </fieldset>
)
