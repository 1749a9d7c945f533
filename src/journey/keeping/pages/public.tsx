import { PhoneLink } from '#platform/html/footer.tsx'
import { Page } from '#platform/html/page.tsx'
import { Said } from '#platform/html/say.tsx'
import { type KeepingRules, recordKinds } from '#journey/keeping/rules.ts'

type PublicProps = Readonly<{
  area: Readonly<{ area: string; name: string; phone: string | null; email: string | null }>
  rules: KeepingRules
}>

const kept = {
  supported:
    'If we supported you: {years, plural, one {# year} other {# years}} after the last thing that was written down.',
  'not-supported':
    'If we did not take you on: {years, plural, one {# year} other {# years}} after the last thing that was written down.',
  concern:
    'If we were worried about your safety: {years, plural, one {# year} other {# years}} after the last thing that was written down.',
  died: 'After a death: {years, plural, one {# year} other {# years}}.',
} as const

/** How long an area keeps a record and what everybody may ask about theirs, from the rules that are in force. */
export const YourRecord = ({ area, rules }: PublicProps) => (
  <Page
    title="Your record, and what you can ask"
    caption={area.name}
    back={{ href: `/in/${area.area}/privacy`, label: 'How we use what you tell us' }}
  >
    <h2 className="nhsuk-heading-m">
      <Said text="What you can ask" />
    </h2>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {rights.map((text) => (
        <li key={text}>
          <Said text={text} />
        </li>
      ))}
    </ul>
    <p>
      <Said text="You have an answer within a month. You do not have to say why you ask, and nobody loses support because they ask." />
    </p>
    <h2 className="nhsuk-heading-m">
      <Said text="How long we keep it" />
    </h2>
    <ul className="nhsuk-list nhsuk-list--bullet">
      {recordKinds.map((kind) => (
        <li key={kind}>
          <Said text={kept[kind]} with={{ years: rules[kind].years }} />
        </li>
      ))}
    </ul>
    <p>
      <Said text="If several of these fit, the longest counts. We keep a record longer only while there is a claim or an inquiry." />
    </p>
    <Asking {...area} />
  </Page>
)

const rights = [
  'You can ask who has seen your record.',
  'You can say that something in it is wrong. We put it right, or your words stand beside it.',
  'You can ask us to erase it. Sometimes the law says we must keep it. Then we tell you why.',
  'You can stop taking part at any time. Then we stop writing to you at once.',
] as const

const Asking = ({ phone, email }: PublicProps['area']) => (
  <>
    <h2 className="nhsuk-heading-m">
      <Said text="How to ask" />
    </h2>
    <p>
      <Said text="Tell your coach, or anybody in the team." />
    </p>
    {phone === null ? null : (
      <p>
        <PhoneLink number={phone} />
      </p>
    )}
    {email === null ? null : (
      <p>
        <a href={`mailto:${email}`}>{email}</a>
      </p>
    )}
    <p>
      <Said text="If you are unhappy with our answer, you can tell the Information Commissioner’s Office on 0303 123 1113." />
    </p>
  </>
)
