import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'
import { answerBy, isRefused, ownParts, ownResults, type Part, type Result } from '#journey/rectification/rules.ts'

export type OwnCorrection = Readonly<{
  id: string
  about: Part
  says: string
  askedOn: Temporal.PlainDate
  result: Result | null
  words: string | null
}>

type OwnCorrectionsProps = FormState & Readonly<{ id: string; corrections: readonly OwnCorrection[] }>

/** What a person said is wrong in their record, what we answered, and where they say that something is. */
export const OwnCorrections = ({ corrections, problems, ...form }: OwnCorrectionsProps) => (
  <Page
    title="Something on my record is wrong"
    back={{ href: '/my', label: 'Home' }}
    lede="You have an answer within a month. You do not have to say why you ask, and nobody loses support because they ask."
    problems={problems}
  >
    {corrections.map((one) => (
      <OneCorrection key={one.id} {...one} />
    ))}
    <Tell problems={problems} {...form} />
  </Page>
)

const Tell = ({ id, problems, typed }: Omit<OwnCorrectionsProps, 'corrections'>) => {
  const { area } = useShell()
  return (
    <>
      <h2 className="nhsuk-heading-m">
        <Said text="Tell us what is wrong" />
      </h2>
      <Form action="/my/corrections" problems={problems} typed={typed} fields={{ id }} draft>
        <RadiosFrom name="about" label="What is it about?" list={ownParts} />
        <TextArea
          name="says"
          label="What is wrong, and what should it be?"
          hint="In your own words. They stand on your record as you write them."
          rows={5}
          maximum={2000}
        />
        <Button>Send</Button>
        {area?.phone ? (
          <p>
            <Said text="You can also tell us by phone: {phone}" with={{ phone: <PhoneLink number={area.phone} /> }} />
          </p>
        ) : null}
      </Form>
    </>
  )
}

const OneCorrection = ({ about, says, askedOn, result, words }: OwnCorrection) => {
  const say = useSay()
  const answer =
    result === null
      ? [{ label: 'Our answer', value: say('You have our answer by {day}.', { day: say.day(answerBy(askedOn)) }) }]
      : [
          { label: 'Our answer', value: say(ownResults[result].label) },
          { label: whatWords[result], value: words },
        ]
  return (
    <Card heading={say('You told us on {day}', { day: say.day(askedOn) })} tone={result === null ? 'plain' : 'accent'}>
      <SummaryList
        rows={[
          { label: 'What it is about', value: say(ownParts[about].label) },
          { label: 'What you said', value: says },
          ...answer,
        ]}
      />
      {result !== null && isRefused(result) ? <Complain /> : null}
    </Card>
  )
}

const whatWords: Readonly<Record<Result, string>> = {
  corrected: 'What we did',
  partly: 'What we did, and our reasons',
  noted: 'Our reasons',
}

const Complain = () => (
  <>
    <p>
      <Said text="If you do not agree with this, tell us. You can also complain to the Information Commissioner’s Office: 0303 123 1113." />
    </p>
    <p>
      <Said text="You can also ask a court to decide." />
    </p>
  </>
)
