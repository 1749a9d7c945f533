import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { CheckboxesFrom, type CodeList, SelectFrom } from '#platform/html/choices.tsx'
import { type Decision, Decisions } from '#platform/html/decisions.tsx'
import { DateField, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import {
  type AreaSettings,
  boundaries,
  ownerParts,
  planTypes,
  settingWords,
  worded,
  wordedWeeks,
} from '#registers/areas/rules.ts'
import { InMessages, NamesOfReaders, WhatIsAsked } from './asking.tsx'

type Named = Readonly<Record<string, Readonly<{ label: string }>>>
type SettingsFormProps = FormState &
  Readonly<{
    settings: AreaSettings
    organisations: Named
    /** What an area may switch on. */
    questionnaires: CodeList
    decisions: readonly Decision[]
    /** Tells this state of the decisions from another. */
    version: string
    from: Temporal.PlainDate
  }>

type Lists = Pick<SettingsFormProps, 'organisations' | 'questionnaires'>

/** Changes how the area works from a day on; what held before stays as history. */
export const SettingsForm = ({ from, version, problems, typed, ...decided }: SettingsFormProps) => (
  <Page
    title="How this area works"
    lede="Clocks and limits, messages and hours, small numbers, questionnaires, and who is named to people. Each holds from the day that you choose; what held before stays below."
    back={{ href: '/area' }}
    problems={problems}
    width="reading"
  >
    <Form action="/area/settings" edits={{ version, now: <DecidedHere {...decided} /> }} draft {...{ problems, typed }}>
      <h2 className="nhsuk-heading-m">Clocks and limits</h2>
      {[...clocks(decided.settings), ...wordedWeeks(decided.settings)].map(({ name, label, value }) => (
        <TextField key={name} name={name} label={label} width={3} inputMode="numeric" value={value} />
      ))}
      <p>After these weeks a review of the plan is asked for. Support never ends by itself.</p>
      <h2 className="nhsuk-heading-m">Messages, hours and new referrals</h2>
      <InMessages settings={decided.settings} />
      <QuietAndReceiving {...decided} />
      <OfServices settings={decided.settings} />
      <SmallNumbers settings={decided.settings} />
      <WhatIsAsked {...decided} />
      <NamesOfReaders settings={decided.settings} />
      <h2 className="nhsuk-heading-m">From when, and why</h2>
      <DateField name="from" label="In force from" value={from.toString()} />
      <TextField name="reason" label="Why (optional)" />
      <Button>Save</Button>
    </Form>
    <h2 className="nhsuk-heading-m">What was decided before</h2>
    <DecidedHere {...decided} />
  </Page>
)

// Everything that has a page part of its own stands there.
const clocks = (settings: AreaSettings) => worded(settings).filter(({ name }) => !elsewhere.includes(name))
const elsewhere = ['hideBelow', 'askAboutHelpDays', 'serviceNudges', 'serviceNudgeDays']

const QuietAndReceiving = ({ settings, organisations }: Pick<SettingsFormProps, 'settings' | 'organisations'>) => (
  <>
    <TextField
      name="quietFrom"
      label="No messages from"
      hint="For example 20:00"
      type="time"
      width={5}
      value={settings.quietFrom}
    />
    <TextField
      name="quietUntil"
      label="No messages until"
      hint="For example 08:00"
      type="time"
      width={5}
      value={settings.quietUntil}
    />
    <TextField
      name="officeFrom"
      label="People are met from"
      hint="Free time is shown between these hours, and a time outside them is asked about when somebody books"
      type="time"
      width={5}
      value={settings.officeFrom}
    />
    <TextField name="officeUntil" label="People are met until" type="time" width={5} value={settings.officeUntil} />
    <SelectFrom
      name="receivingOrganisation"
      label="Who receives new referrals"
      hint="Referrals nobody is named for go to this organisation first. It can be changed by its own members, the area lead and the system administrator."
      list={organisations}
      empty="Choose an organisation"
      {...(settings.receivingOrganisation ? { value: settings.receivingOrganisation } : {})}
    />
  </>
)

const OfServices = ({ settings }: { settings: AreaSettings }) => (
  <>
    <h2 className="nhsuk-heading-m">Services that people are passed on to</h2>
    <TextField
      name="serviceNudges"
      label={settingWords.serviceNudges.label}
      hint="0 to 5. 2 is our own default, no source gives one: one email is easily missed, and a fourth would be pestering. Nothing is sent once it counts as no reply."
      width={3}
      inputMode="numeric"
      value={String(settings.serviceNudges)}
    />
    <TextField
      name="serviceNudgeDays"
      label={settingWords.serviceNudgeDays.label}
      hint="1 to 30, from the day it was asked and from each time again. 5 is our own default: a week at work for whoever is back from leave."
      width={3}
      inputMode="numeric"
      value={String(settings.serviceNudgeDays)}
    />
    <TextField
      name="askAboutHelpDays"
      label={settingWords.askAboutHelpDays.label}
      hint="From the day on which they were told of a service, it said yes or it started; 7 to 60. 14 is our own default, no source gives one: enough for a first conversation, and few enough for it to be remembered."
      width={3}
      inputMode="numeric"
      value={String(settings.askAboutHelpDays)}
    />
    <CheckboxesFrom
      name="ownersAtOnce"
      label="What whoever runs a service may change at once"
      hint="They are sent a link, without an account. Everything else that they change waits for somebody who decides."
      list={ownerParts}
      value={settings.ownersAtOnce}
    />
  </>
)

const SmallNumbers = ({ settings }: { settings: AreaSettings }) => (
  <>
    <h2 className="nhsuk-heading-m">Small numbers</h2>
    <TextField
      name="hideBelow"
      label={settingWords.hideBelow.label}
      hint="Five or more. Numbers that would give a hidden one away are hidden as well."
      width={3}
      inputMode="numeric"
      value={String(settings.hideBelow)}
    />
    <CheckboxesFrom
      name="realNumbersFor"
      label="Who sees small numbers as they are"
      hint="Whoever may list the people sees them anyway. Everybody else, also outside the area, sees small numbers hidden."
      list={boundaries}
      value={settings.realNumbersFor}
    />
  </>
)

const DecidedHere = ({ decisions, ...lists }: Lists & Pick<SettingsFormProps, 'decisions'>) => (
  <Decisions decisions={decisions} nameOf={wordsFor} valueOf={(value, name) => valueFor(name, value, lists)} />
)

const otherWords: Readonly<Record<string, string>> = {
  weekLimits: 'Weeks until a plan is reviewed',
  quietFrom: 'No messages from',
  quietUntil: 'No messages until',
  officeFrom: 'People are met from',
  officeUntil: 'People are met until',
  receivingOrganisation: 'Who receives new referrals',
  questionnaires: 'Questionnaires switched on',
  calledInMessages: 'What you call yourselves in messages',
  namesOfReaders: 'Names of those who opened a record',
  realNumbersFor: 'Who sees small numbers as they are',
  ownersAtOnce: 'What whoever runs a service may change at once',
}

const planNames: Readonly<Record<string, { label: string }>> = planTypes

function wordsFor(name: string): string {
  return Object.entries(settingWords).find(([known]) => known === name)?.[1].label ?? otherWords[name] ?? name
}

function valueFor(name: string, value: unknown, { organisations, questionnaires }: Lists): string {
  if (name === 'calledInMessages') return typeof value === 'string' ? value : '“your team”'
  if (isUndecided(value)) return 'Not decided'
  if (name === 'receivingOrganisation') return organisations[String(value)]?.label ?? 'An organisation that has left'
  if (name === 'realNumbersFor') return namesOf(boundaries, value) || 'Nobody'
  if (name === 'ownersAtOnce') return namesOf(ownerParts, value) || 'Nothing'
  if (name === 'namesOfReaders') return value === true ? 'Shown' : 'Not shown'
  if (name === 'questionnaires') return namesOf(questionnaires, value) || 'None'
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : 'None'
  if (typeof value !== 'object' || value === null) return String(value)
  const parts = Object.entries(value).map(([type, weeks]) => `${planNames[type]?.label ?? type}: ${String(weeks)}`)
  return parts.join(', ')
}

const isUndecided = (value: unknown): boolean => value === null

/** What the chosen codes of a list are called. */
function namesOf(list: Named, value: unknown): string {
  const chosen: readonly unknown[] = Array.isArray(value) ? value : []
  const labels = Object.entries(list).flatMap(([code, { label }]) => (chosen.includes(code) ? [label] : []))
  return labels.join('; ')
}
