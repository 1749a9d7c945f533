import { WarningCallout } from '#platform/html/content.tsx'
import { type Candidate, oddWays } from '#registers/likeness/rules.ts'
import { giverInWords, kindInWords, onOneLine, useInWords } from '#registers/means/rules.ts'
import { hidesContact } from '#registers/people/rules.ts'

/** The ways to reach somebody as one of two records has them, with who gave each. */
export const Ways = ({ means }: Pick<Candidate, 'means'>) =>
  means.length === 0 ? (
    'None'
  ) : (
    <ul className="nhsuk-list">
      {means.map((one) => (
        <li key={one.id}>
          {kindInWords(one)}: {onOneLine(one.value)}
          <br />
          {useInWords(one)}. {giverInWords(one.given_by)}.{' '}
          {one.theirs ? 'Known to be theirs' : 'Not known to be theirs'}
        </li>
      ))}
    </ul>
  )

/** Whoever refers somebody may write down an address of their own: whoever decides is to look at it first. */
export const OddWays = () => (
  <WarningCallout heading="Look at the ways to reach them">
    <p>
      One record has a number or an address that somebody else gave and that the other record does not have. It may not
      be the person’s. Ask them, by a way that is known to be theirs, whether they were referred again.
    </p>
  </WarningCallout>
)

/** Whether one of two records has a way that somebody else gave and the other does not have. */
export const isOdd = (one: Candidate, other: Candidate) =>
  !hidesContact(one) && !hidesContact(other) && (oddWays(one, other).length > 0 || oddWays(other, one).length > 0)
