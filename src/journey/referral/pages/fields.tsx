import { AgreedWords } from '#platform/html/agreed-words.tsx'
import { CheckboxesFrom, type CodeList, RadiosFrom, SelectFrom, Tick } from '#platform/html/choices.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { accessNeeds } from '#registers/people/rules.ts'
import { whoCertifies } from '#registers/trailblazer/rules.ts'
import type { Wording } from '#registers/wording/rules.ts'
import { feedbackWishes, type wordsOfOthers } from '#journey/acknowledgement/rules.ts'
import { safeWays } from '#journey/newcomer/rules.ts'
import { fitNoteAnswers, mainBarriers, waysOfHearing, workStatuses } from '#journey/referral/rules.ts'

/** The practices and Jobcentres that the registers know, for those who may look them up. */
export type Places = Readonly<{ jobcentres: CodeList; practices?: CodeList }>

/** Who the person is, how to reach them safely and where they belong: what a referral cannot be without. */
export const PersonFields = ({ places }: { places?: Places }) => (
  <>
    <h2 className="nhsuk-heading-m">The person</h2>
    <TextField name="givenName" label="First name" width={20} autoComplete="off" spellCheck={false} />
    <TextField name="familyName" label="Last name" width={20} autoComplete="off" spellCheck={false} />
    <DateField name="bornOn" label="Date of birth" hint="For example, 27 3 1984" />
    <h2 className="nhsuk-heading-m">How to reach them</h2>
    <p>A phone number, an email address or a postal address is enough.</p>
    <TextField name="phone" label="Phone number" type="tel" width={20} autoComplete="off" />
    <TextField name="email" label="Email address" type="email" autoComplete="off" spellCheck={false} />
    <CheckboxesFrom
      name="safe"
      label="What is it safe for us to do?"
      hint="Somebody else may see or hear it. If you leave this empty, we only call, and leave no message."
      list={safeWays}
    />
    <h2 className="nhsuk-heading-m">Where they live, or their GP practice</h2>
    <p>One of these is enough.</p>
    <TextField name="postcode" label="Postcode" width={10} autoComplete="off" />
    <Tick name="noFixedAddress" label="They have no fixed address" />
    {places ? (
      <LookedUpPlaces {...places} />
    ) : (
      <TextField name="gpPractice" label="Name of their GP practice" autoComplete="off" />
    )}
  </>
)

const LookedUpPlaces = ({ jobcentres, practices }: Places) => (
  <>
    <TextField
      name="gpPractice"
      label="Their GP practice"
      hint="How its name or its postcode begins. Where we know several, we ask which one it is."
      autoComplete="off"
    />
    {practices ? <RadiosFrom name="gpPracticeCode" label="Which practice is it?" list={practices} /> : null}
    {Object.keys(jobcentres).length > 0 ? (
      <SelectFrom name="jobcentre" label="Their Jobcentre, if they go to one" list={jobcentres} empty="Not chosen" />
    ) : (
      <TextField name="jobcentre" label="Their Jobcentre, if they go to one" width={30} autoComplete="off" />
    )}
  </>
)

/** Everything about the person that may be left empty. */
export const MoreAboutPerson = () => (
  <>
    <TextField name="preferredName" label="What they like to be called" width={20} autoComplete="off" />
    <TextField name="nhsNumber" label="NHS number" width={20} inputMode="numeric" autoComplete="off" />
    <TextArea name="address" label="Postal address" rows={3} autoComplete="off" />
    <TextField
      name="bestTime"
      label="Best time to reach them"
      hint="For example, mornings before 10"
      autoComplete="off"
    />
    <TextArea name="safeNote" label="Anything else we should know to reach them safely" rows={2} />
    <TextField name="language" label="Language they like to speak, if not English" width={20} autoComplete="off" />
    <TextField name="interpreter" label="Interpreter needed, and for which language" width={20} autoComplete="off" />
    <CheckboxesFrom name="accessNeeds" label="What they need so that they can take part" list={accessNeeds} />
    <TextField name="accessNote" label="More about what they need" autoComplete="off" />
  </>
)

type Stored = Readonly<{
  work_status: keyof typeof workStatuses | null
  main_barrier: keyof typeof mainBarriers | null
  fit_note: keyof typeof fitNoteAnswers | null
  fit_note_ends_on: Temporal.PlainDate | null
  reason: string | null
  how_heard: keyof typeof waysOfHearing | null
}>

/** What the referral says about work and about what would help; what is stored where it is being corrected. */
export const RequestFields = ({ stored, without }: { stored?: Stored; without?: 'fit-note' }) => (
  <>
    <TextArea
      name="reason"
      label="What would help, or why they are referred"
      hint="Leave out medical details that we do not need."
      rows={4}
      maximum={4000}
      value={stored?.reason ?? undefined}
    />
    <SelectFrom name="workStatus" label="Work now" list={workStatuses} value={stored?.work_status ?? undefined} />
    <SelectFrom
      name="mainBarrier"
      label="Where the main difficulty lies"
      hint="In broad terms. We do not ask for a diagnosis."
      list={mainBarriers}
      value={stored?.main_barrier ?? undefined}
    />
    {without === 'fit-note' ? null : <FitNoteFields stored={stored} />}
    <SelectFrom
      name="howHeard"
      label="How they heard of us"
      list={waysOfHearing}
      value={stored?.how_heard ?? undefined}
    />
  </>
)

const FitNoteFields = ({ stored }: { stored: Stored | undefined }) => (
  <RadiosFrom
    name="fitNote"
    label="Do they have a fit note now?"
    list={fitNoteAnswers}
    value={stored?.fit_note ?? undefined}
    reveal={{
      yes: (
        <DateField
          name="fitNoteEndsOn"
          label="Until when does it last?"
          hint="Leave this empty if you do not know."
          value={stored?.fit_note_ends_on?.toString()}
        />
      ),
    }}
  />
)

/** That they asked for a fit note, with the one that they have now: asked where the area speaks with whoever asks. */
export const AskedForNote = () => (
  <>
    <h2 className="nhsuk-heading-m">Fit note</h2>
    <Tick
      name="askedFitNote"
      label="They asked for a fit note, or for a new one"
      hint={`A coach then speaks with them about work and health. Their practice hears what came of it, as far as they allow. ${whoCertifies}`}
    />
    <FitNoteFields stored={undefined} />
  </>
)

type StoredReferrer = Readonly<{
  referrer_name: string | null
  referrer_organisation: string | null
  referrer_email: string | null
}>

type ReferrerProps = Readonly<{ yours?: boolean; stored?: StoredReferrer; listed?: boolean }>

/** Who referred the person; the organisation is not asked of whoever works for a listed service. */
export const ReferrerFields = ({ yours, stored, listed }: ReferrerProps) => (
  <>
    <TextField
      name="referrerName"
      label={yours ? 'Your name' : 'Name of whoever referred them'}
      autoComplete={yours ? 'name' : 'off'}
      value={stored?.referrer_name ?? undefined}
    />
    {listed ? null : (
      <TextField
        name="referrerOrganisation"
        label={yours ? 'Your organisation or practice' : 'Their organisation or practice'}
        autoComplete={yours ? 'organization' : 'off'}
        value={stored?.referrer_organisation ?? undefined}
      />
    )}
    <TextField
      name="referrerEmail"
      label={yours ? 'Your email address' : 'Their email address'}
      type="email"
      autoComplete={yours ? 'email' : 'off'}
      spellCheck={false}
      value={stored?.referrer_email ?? undefined}
    />
  </>
)

/** The words in which people are asked on the forms of others, as they stand today. */
export type WordsOfOthers = Readonly<Record<(typeof wordsOfOthers)[number], Wording>>

/** What whoever referred wants to hear afterwards, and what the person says yes to where that is more. */
export const FeedbackFields = ({ yours, words }: { yours?: boolean; words: WordsOfOthers }) => (
  <RadiosFrom
    name="feedback"
    label={yours ? 'What would you like to be told?' : 'What would they like to be told?'}
    hint="An employer or a Jobcentre is only told that it arrived, unless the person says otherwise to us."
    list={yours ? feedbackWishes : toldToThem}
    reveal={{
      status: (
        <>
          <p>{yours ? 'You tell us that you asked them this too:' : 'Read this out too where you speak with them:'}</p>
          <AgreedWords texts={[`GP practices: ${words.gp.text}`, `Anybody else: ${words.onward.text}`]} />
        </>
      ),
    }}
  />
)

const { status } = feedbackWishes
const toldToThem = {
  ...feedbackWishes,
  status: { ...status, hint: 'Only if the person agrees that they are told. We tell them nothing more.' },
}

const ofFitNote: readonly string[] = ['fitNote', 'fitNoteEndsOn']

/** The same where the questions about a fit note stand above. */
export const foldedBelowNote = (): readonly string[] => foldedFields.filter((field) => !ofFitNote.includes(field))

/** The fields that stand folded: the fold is open where one of them has to be looked at. */
export const foldedFields: readonly string[] = [
  'preferredName',
  'nhsNumber',
  'address',
  'bestTime',
  'safeNote',
  'language',
  'interpreter',
  'accessNeeds',
  'accessNote',
  'reason',
  'workStatus',
  'mainBarrier',
  'fitNote',
  'fitNoteEndsOn',
  'howHeard',
]
