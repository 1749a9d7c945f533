import { Card, EmptyState } from '#platform/html/content.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { answerBy, isRefused, ownParts, ownResults, type Part, type Result } from '#journey/rectification/rules.ts'

export type OwnCorrection = Readonly<{
  id: string
  about: Part
  says: string
  askedOn: Temporal.PlainDate
  result: Result | null
  words: string | null
}>

/** What a person said is wrong in their record, and what we answered. */
export const OwnCorrections = ({ corrections }: Readonly<{ corrections: readonly OwnCorrection[] }>) => (
  <Page
    title="Something on my record is wrong"
    back={{ href: '/my', label: 'Home' }}
    lede="You have an answer within a month. You do not have to say why you ask, and nobody loses support because they ask."
  >
    {corrections.length === 0 ? (
      <EmptyState heading="You have not told us that anything is wrong">
        <Said text="When you tell us, it stands here with our answer." />
      </EmptyState>
    ) : (
      corrections.map((one) => <OneCorrection key={one.id} {...one} />)
    )}
  </Page>
)

const OneCorrection = ({ about, says, askedOn, result, words }: OwnCorrection) => {
  const say = useSay()
  const answer =
    result === null
      ? [{ label: 'Our answer', value: say('You have our answer by {day}.', { day: say.day(answerBy(askedOn)) }) }]
      : [
          { label: 'Our answer', value: say(ownResults[result].label) },
          { label: isRefused(result) ? 'What we did, and our reasons' : 'What we did', value: words },
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

const Complain = () => (
  <p>
    <Said text="If you do not agree with this, tell us. You can also complain to the Information Commissioner’s Office: 0303 123 1113." />{' '}
    <Said text="You can also ask a court to decide." />
  </p>
)
