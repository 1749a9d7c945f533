import type { FormState } from '#platform/form/rules.ts'
import { longDay } from '#platform/dates.ts'
import { Button } from '#platform/html/buttons.tsx'
import { type CodeList, RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Details, Inset, WhatWasWritten } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { SummaryList, type SummaryRow } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { type Action, answers, owners, results, type Suggested, suggestedInWords, textIn } from './rules.ts'

/** Whose plan it is and where it stands. */
type About = Readonly<{ person: string; plan: string }>

type ActionFormProps = FormState &
  About &
  Readonly<{ action: string; id: string; goal: string; barriers: CodeList; stored?: Action | undefined }> &
  Readonly<{
    /** What is suggested against the barrier it is to answer, and which of it was chosen. */
    offered?: readonly Suggested[] | undefined
    chosen?: Suggested | undefined
    /** The suggestion that the form was filled in from. */
    made?: string | undefined
  }>

/** What somebody does for a goal, by when, and what it answers. */
export const ActionForm = (props: ActionFormProps) => {
  const { person, plan, action, id, goal, stored, made, problems, typed } = props
  return (
    <FormPage
      title={stored ? 'Change this action' : 'Add an action'}
      caption={person}
      lede={`For the goal: “${goal}”`}
      back={{ href: plan, label: 'Back to the plan' }}
      {...{ action, problems, typed }}
      draft
      fields={{ id, ...(made === undefined ? {} : { solution: made }) }}
      edits={stored && { version: stored.version, now: <SummaryList rows={actionRows(stored)} compact /> }}
      width="reading"
    >
      <Suggestions {...props} />
      <ActionFields {...props} />
      <Button>{stored ? 'Save this action' : 'Add this action'}</Button>
      {stored ? <TakeOutAction action={action} /> : null}
    </FormPage>
  )
}

/** What is suggested: how to take it, or that the form holds it already. */
function Suggestions({ action, typed = {}, offered = [], chosen, made }: ActionFormProps) {
  if (chosen) return <Chosen chosen={chosen} isFilledIn={made === chosen.code} />
  if (offered.length === 0) return null
  return (
    <Details summary="What is suggested against this barrier">
      <ul className="nhsuk-list nhsuk-list--bullet">
        {offered.map((one) => (
          <li key={one.code}>
            {one.what} ({suggestedInWords(one)}){' '}
            <a href={`${action}/new?barrier=${textIn(typed, 'barrier')}&solution=${one.code}`}>
              Use this<span className="nhsuk-u-visually-hidden">: {one.what}</span>
            </a>
          </li>
        ))}
      </ul>
    </Details>
  )
}

const Chosen = ({ chosen, isFilledIn }: { chosen: Suggested; isFilledIn: boolean }) => (
  <Inset>
    {isFilledIn ? (
      <p>This is a suggestion. Change what does not fit, and agree the day with the person.</p>
    ) : (
      <p>
        What you typed before is still below. The suggestion was: “{chosen.what}” ({suggestedInWords(chosen)})
      </p>
    )}
  </Inset>
)

const ActionFields = ({ stored, barriers }: ActionFormProps) => (
  <>
    <TextArea
      name="what"
      label="What will be done?"
      hint="One thing, so that it can be ticked off"
      value={stored?.what}
      rows={2}
      maximum={300}
    />
    <RadiosFrom name="owner" label="Who does it?" list={owners} value={stored?.owner} />
    <DateField name="due" label="By when?" value={stored?.due_on.toString()} />
    {Object.keys(barriers).length > 0 ? (
      <SelectFrom
        name="barrier"
        label="Which barrier does it answer? (optional)"
        hint="From the first conversation, the main one first"
        list={barriers}
        value={stored?.barrier ?? undefined}
        empty="None of these"
      />
    ) : null}
    <TextField
      name="obstacle"
      label="What stands in the way, in words? (optional)"
      hint="In a few words, for example: no lift at the station"
      value={stored?.obstacle ?? undefined}
    />
  </>
)

const TakeOutAction = ({ action }: { action: string }) => (
  <Details summary="Take this action out of the plan">
    <p>
      Use this for an action that was entered by mistake. If it was tried and did not work, say so as its result: what
      was tried stays part of the story.
    </p>
    <p>
      <Button secondary small action={`${action}/removal`}>
        Take out this action
      </Button>
    </p>
  </Details>
)

function actionRows(action: Action): SummaryRow[] {
  const { what, owner, due_on } = action
  return [
    { label: 'What', value: what },
    { label: 'Who', value: owners[owner].label },
    { label: 'By when', value: longDay(due_on) },
    { label: 'What stands in the way', value: answers(action) },
  ]
}

type ResultFormProps = FormState & About & Readonly<{ id: string; action: Action }>

/** What came of an action. */
export const ResultForm = ({ person, plan, id, action, problems, typed }: ResultFormProps) => (
  <FormPage
    title="What came of it?"
    caption={person}
    lede={action.what}
    back={{ href: plan, label: 'Back to the plan' }}
    action={`/actions/${action.id}/result`}
    {...{ problems, typed }}
    fields={{ id }}
    draft
    width="reading"
  >
    <RadiosFrom name="result" label="What came of it?" list={results} value={action.result ?? undefined} />
    <TextArea
      name="note"
      label="What happened? (needed when it did not work)"
      value={action.result_note ?? undefined}
      rows={3}
      maximum={500}
    />
    <Button>Save</Button>
  </FormPage>
)

/** Why nothing of the plan can be changed any more. */
export const CannotChange = ({ person, plan }: About) => (
  <Page
    title="This plan can no longer be changed"
    caption={person}
    back={{ href: plan, label: 'Back to the plan' }}
    width="reading"
  >
    <p>This spell of support has ended, so its plan is kept as it was. You can still read and print it.</p>
    <p>If the person comes back, a new referral begins a new spell of support with a plan of its own.</p>
    <WhatWasWritten />
  </Page>
)
