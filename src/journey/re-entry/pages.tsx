import { dayOf, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { AgreedWords } from '#platform/html/agreed-words.tsx'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { whoCertifies } from '#registers/trailblazer/rules.ts'
import { carriedVersions, type Wording } from '#registers/wording/rules.ts'
import { routes } from '#registers/organisations/rules.ts'
import { feedbackWishes, type wordsOfOthers } from '#journey/acknowledgement/rules.ts'
import { agreementsOfOthers, channels } from '#journey/referral/rules.ts'
import { howItEnded } from './rules.ts'

type About = Readonly<{ person: Readonly<{ id: string; name: string }> }>

type Earlier = Readonly<{ received_at: Temporal.Instant; ended_at: Temporal.Instant | null }> &
  Parameters<typeof howItEnded>[0]

type AgainProps = FormState &
  About &
  Readonly<{ id: string; earlier: Earlier; today: Temporal.PlainDate; trailblazer: boolean; words: Words }>

type Words = Readonly<Record<(typeof wordsOfOthers)[number], Wording>>

/** Referring somebody who was supported before: nothing that is on their record is asked again. */
export const ReferAgain = ({ person, id, earlier, today, trailblazer, words, problems, typed }: AgainProps) => (
  <FormPage
    title="Refer this person again"
    caption={person.name}
    lede="A new spell of support begins on the same record. What was there before stays."
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    action={`/people/${person.id}/referrals`}
    fields={{ id, words: carriedVersions(words) }}
    width="reading"
    {...{ problems, typed }}
    draft
  >
    <Inset>
      <p>{lastTime(earlier)}</p>
      <p>
        Has their phone number, address or anything else changed?{' '}
        <a href={`/people/${person.id}/details`}>Change their details</a>
      </p>
    </Inset>
    <HowItCame today={today} />
    <p>Where you speak with them, or with whoever refers them, read this out and ask whether they agree:</p>
    <AgreedWords texts={[words.contact.text]} />
    <TextArea
      name="reason"
      label="What would help now?"
      hint="In their words. You can leave this empty."
      rows={4}
      maximum={4000}
    />
    {trailblazer ? (
      <Tick
        name="askedFitNote"
        label="They asked for a fit note, or for a new one"
        hint={`A coach then speaks with them about work and health. ${whoCertifies}`}
      />
    ) : null}
    <WhoReferred words={words} />
    <Button>Add referral</Button>
  </FormPage>
)

const HowItCame = ({ today }: Pick<AgainProps, 'today'>) => (
  <>
    <DateField
      name="receivedOn"
      label="When did the referral reach us?"
      hint={`The clock for the first contact runs from this day. Today is ${longDay(today)}.`}
      value={today.toString()}
    />
    <RadiosFrom name="channel" label="How did it come?" list={channels} only={typedIn} />
    <SelectFrom name="route" label="Who referred them?" list={routes} />
    <RadiosFrom
      name="agreement"
      label="Does the person agree?"
      hint="Leave this empty where they ask for themselves."
      list={agreementsOfOthers}
      reveal={{ 'not-asked': <p>The referral is held, without a clock, until the person was asked.</p> }}
    />
  </>
)

const WhoReferred = ({ words }: Pick<AgainProps, 'words'>) => (
  <>
    <h2 className="nhsuk-heading-m">Whoever referred them</h2>
    <p>Leave this part empty where they ask for themselves.</p>
    <TextField name="referrerName" label="Name" autoComplete="off" />
    <TextField name="referrerOrganisation" label="Organisation or practice" autoComplete="off" />
    <TextField name="referrerEmail" label="Email address" type="email" autoComplete="off" spellCheck={false} />
    <RadiosFrom
      name="feedback"
      label="What would they like to be told?"
      hint="An employer or a Jobcentre is only told that it arrived, unless the person says otherwise to us."
      list={wishes}
      reveal={{
        status: (
          <>
            <p>Read this out too where you speak with them:</p>
            <AgreedWords texts={[`GP practices: ${words.gp.text}`, `Anybody else: ${words.onward.text}`]} />
          </>
        ),
      }}
    />
  </>
)

const typedIn = ['telephone', 'paper', 'email', 'in-person'] as const
const wishes = { ...feedbackWishes, status: { label: feedbackWishes.status.label } }

function lastTime(earlier: Earlier): string {
  const since = longDay(dayOf(earlier.received_at))
  const until = earlier.ended_at ? ` until ${longDay(dayOf(earlier.ended_at))}` : ''
  return `They were with the service from ${since}${until} (${howItEnded(earlier)}).`
}

/** Why somebody cannot be referred again now. */
export const CannotReferAgain = ({ person, why }: About & Readonly<{ why: string }>) => (
  <Page
    title="They cannot be referred again now"
    caption={person.name}
    back={{ href: `/people/${person.id}`, label: 'Back to the record' }}
    width="reading"
  >
    <p>{why}</p>
  </Page>
)
