import { AgreedWords } from '#platform/html/agreed-words.tsx'
import { longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { EmptyState } from '#platform/html/content.tsx'
import { Folded } from '#platform/html/form.tsx'
import { DateField } from '#platform/html/fields.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { carriedVersions, type Wording } from '#registers/wording/rules.ts'
import { routes } from '#registers/organisations/rules.ts'
import { agreementsOfOthers, channels } from '#journey/referral/rules.ts'
import {
  AskedForNote,
  FeedbackFields,
  foldedBelowNote,
  foldedFields,
  MoreAboutPerson,
  PersonFields,
  type Places,
  ReferrerFields,
  RequestFields,
  type WordsOfOthers,
} from './fields.tsx'

type NewProps = FormState &
  Readonly<{ id: string; today: Temporal.PlainDate; places: Places; trailblazer: boolean; words: WordsOfOthers }>

const breadcrumbs = [{ href: '/referrals', label: 'Referrals' }]

/** How staff write down a referral that came by telephone, on paper, by email or in person. */
export const NewReferral = ({ id, today, places, trailblazer, words, problems, typed }: NewProps) => (
  <FormPage
    title="Add a referral"
    lede="For referrals that did not come through the public pages."
    breadcrumbs={breadcrumbs}
    action="/referrals/new"
    draft
    width="reading"
    fields={{ id, words: carriedVersions(words) }}
    problems={problems}
    typed={typed}
  >
    <DateField
      name="receivedOn"
      label="When did it reach us?"
      hint={`The clock for the first contact runs from this day. Today is ${longDay(today)}.`}
      value={today.toString()}
    />
    <RadiosFrom name="channel" label="How did it come?" list={channels} only={typedIn} />
    <SelectFrom name="route" label="Who referred them?" list={routes} />
    <RadiosFrom
      name="agreement"
      label="Does the person agree?"
      hint="Leave this empty where they referred themselves."
      list={agreementsOfOthers}
      reveal={{ 'not-asked': <p>The referral is held, without a clock, until the person was asked.</p> }}
    />
    <ReadOut {...words.contact} />
    <PersonFields places={places} />
    <WhoReferred words={words} />
    {trailblazer ? <AskedForNote /> : null}
    <Folded summary="Add more, if it was said" fields={trailblazer ? foldedBelowNote() : foldedFields}>
      <RequestFields {...(trailblazer ? { without: 'fit-note' } : {})} />
      <MoreAboutPerson />
    </Folded>
    <Button>Add referral</Button>
  </FormPage>
)

const WhoReferred = ({ words }: Pick<NewProps, 'words'>) => (
  <>
    <h2 className="nhsuk-heading-m">Whoever referred them</h2>
    <p>Leave this part empty where they referred themselves.</p>
    <ReferrerFields />
    <FeedbackFields words={words} />
  </>
)

const ReadOut = ({ text }: Wording) => (
  <>
    <p>Where you speak with them, or with whoever refers them, read this out and ask whether they agree:</p>
    <AgreedWords texts={[text]} />
  </>
)

const typedIn = ['telephone', 'paper', 'email', 'in-person'] as const

/** Said to staff where nobody has been named to receive referrals. */
export const NobodyReceives = () => (
  <Page title="Nobody receives referrals yet" breadcrumbs={breadcrumbs}>
    <EmptyState
      heading="The area has not said which organisation receives referrals"
      action={
        <LinkButton href="/area/settings" secondary>
          Area settings
        </LinkButton>
      }
    >
      Once it is named, referrals can be made here and on the public pages.
    </EmptyState>
  </Page>
)
