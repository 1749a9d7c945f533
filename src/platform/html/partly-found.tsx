import { ButtonForm } from './buttons.tsx'
import { Inset } from './content.tsx'
import type { Sent } from './form.tsx'
import { Said } from './say.tsx'

/** Another search, as the fields that its form sends. */
export type Try = Readonly<{ words: string; fields: Sent }>

type PartlyProps = Readonly<{
  /** Why these are shown, in a sentence. */
  why: string
  /** The words that nothing shown says. */
  nothing: readonly string[]
  /** Each word as a search of its own, and where they are sent. */
  tries: readonly Try[]
  action: string
}>

/** What stands above a list that has only a part of what was looked for: why, and each word as a search of its own. */
export const PartlyFound = ({ why, nothing, tries, action }: PartlyProps) => (
  <Inset>
    <p>
      <strong>
        <Said text={why} />
      </strong>
    </p>
    {nothing.length === 0 ? null : (
      <p>
        <Said text="None of these says: {words}." with={{ words: <bdi>{nothing.join(', ')}</bdi> }} />
      </p>
    )}
    {tries.length === 0 ? null : (
      <>
        <p>
          <Said text="Search for one of the words:" />
        </p>
        <ul className="nhsuk-list">
          {tries.map(({ words, fields }) => (
            <li key={words}>
              <ButtonForm action={action} fields={fields} asLink>
                {words}
              </ButtonForm>
            </li>
          ))}
        </ul>
      </>
    )}
  </Inset>
)
