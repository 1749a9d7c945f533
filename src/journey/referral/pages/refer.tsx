import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom, SelectFrom } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { type Sources, SourcesContext } from '#platform/html/field.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Folded } from '#platform/html/form.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { AgreedWords } from '#platform/html/agreed-words.tsx'
import { UnseenField } from '#platform/html/unseen.tsx'
import { carriedVersions, type Wording } from '#registers/wording/rules.ts'
import { agreementsOfOthers, routesOfOthers } from '#journey/referral/rules.ts'
import {
  AskedForNote,
  FeedbackFields,
  foldedBelowNote,
  foldedFields,
  MoreAboutPerson,
  PersonFields,
  ReferrerFields,
  RequestFields,
  type WordsOfOthers,
} from './fields.tsx'

// Names the fields that a records system filled in, so that it is still said where the form comes back with something missing.
const filledField = 'filled'

/** What stands beside a field that a records system filled in. */
const sourcesIn = (filled: string): Sources =>
  Object.fromEntries(filled.split(' ').map((name) => [name, 'From your records system.']))

type ReferProps = FormState &
  Readonly<{ area: string; areaName: string; id: string; trailblazer: boolean; words: WordsOfOthers }> &
  Readonly<{ listed: Readonly<{ id: string; name: string }> | undefined }>

/** How a professional without an account refers somebody: one page, what is needed first. */
export const Refer = (props: ReferProps) => {
  const filled = filledField in props.typed ? [props.typed[filledField] ?? ''].flat().join(' ') : undefined
  return (
    <SourcesContext value={sourcesIn(filled ?? '')}>
      <ReferForm {...props} filled={filled} />
    </SourcesContext>
  )
}

const ReferForm = ({ filled, ...props }: ReferProps & Readonly<{ filled: string | undefined }>) => {
  const { area, areaName, id, trailblazer, words, listed, problems, typed } = props
  const to = `/in/${area}/refer`
  return (
    <FormPage
      title="Refer somebody"
      onlyInEnglish
      caption={areaName}
      lede={filled === undefined ? ledeOfAll : ledeFilledIn}
      back={{ href: `/in/${area}` }}
      action={filled !== undefined ? `${to}/filled-in` : listed ? `${to}?from=${listed.id}` : to}
      draft={filled === undefined}
      fields={{ id, words: carriedVersions(words), ...(filled === undefined ? {} : { [filledField]: filled }) }}
      problems={problems}
      typed={typed}
    >
      <Agreement {...words.contact} />
      <PersonFields />
      <h2 className="nhsuk-heading-m">You</h2>
      {listed ? <FromListed area={area} name={listed.name} /> : null}
      <SelectFrom name="route" label="Which of these are you?" list={routesOfOthers} />
      <p>
        Are you an employer? Use <a href={`/in/${area}/for-employers`}>the form for employers</a>: the person decides by
        a link of their own, and you need to tell us nothing about them.
      </p>
      <ReferrerFields yours listed={listed !== undefined} />
      <FeedbackFields yours words={words} />
      {trailblazer ? <AskedForNote /> : null}
      <Folded summary="Add more, if you know it" fields={trailblazer ? foldedBelowNote() : foldedFields}>
        <RequestFields {...(trailblazer ? { without: 'fit-note' } : {})} />
        <MoreAboutPerson />
      </Folded>
      <Inset>
        <p>We tell the person that you referred them when we contact them. They can stop at any time.</p>
      </Inset>
      <UnseenField />
      <Button>Send referral</Button>
    </FormPage>
  )
}

const ledeOfAll =
  'For anybody who helps people: GP practices, health services, councils, charities, employers and Jobcentres. It takes about two minutes and needs no account.'

// A form that is typed is kept as it is typed; of this one nothing is, since nobody typed it here.
const ledeFilledIn =
  'Your records system has filled in what is marked. Look it over, and change what is not right. Nothing is kept until you send it: if you close or reload this page, open it from your records system again.'

const FromListed = ({ area, name }: Readonly<{ area: string; name: string }>) => (
  <p>
    You refer for <strong>{name}</strong>. <a href={`/in/${area}/refer`}>I do not work there</a>
  </p>
)

/** Whether the person agrees, and to what: whoever refers says that they asked it. */
const Agreement = ({ text }: Wording) => (
  <RadiosFrom
    name="agreement"
    label="Does the person agree?"
    hint="WorkWell is by choice and does not affect benefits. If they said no, do not refer them."
    list={agreementsOfOthers}
    reveal={{
      agreed: (
        <>
          <p>You tell us that you asked them this:</p>
          <AgreedWords texts={[text]} />
        </>
      ),
      'not-asked': <p>We hold the referral and ask the person first. Nothing else happens until they say yes.</p>,
    }}
  />
)

type ClosedProps = Readonly<{ area: string; areaName: string; phone: string | null }>

/** Said where the area has not decided yet who receives referrals. */
export const CannotTakeReferrals = ({ area, areaName, phone }: ClosedProps) => (
  <Page onlyInEnglish title="We cannot take referrals online yet" caption={areaName} back={{ href: `/in/${area}` }}>
    <p>{areaName} has not been set up to receive referrals on this page. Nothing you typed was sent.</p>
    {phone ? (
      <p>
        Call us instead: <PhoneLink number={phone} />
      </p>
    ) : null}
  </Page>
)
