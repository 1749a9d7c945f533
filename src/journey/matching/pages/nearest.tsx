import { ButtonForm } from '#platform/html/buttons.tsx'
import type { Sent } from '#platform/html/form.tsx'
import { PartlyFound } from '#platform/html/partly-found.tsx'
import { partlyInWords, triesFor } from '#registers/seeking/rules.ts'
import { inAddress, type Wanted } from '#registers/sifting/rules.ts'
import type { Results } from '#journey/matching/rules.ts'

export type NearestProps = Pick<Results, 'wanted' | 'partly' | 'town'> &
  Readonly<{
    /** Where another search is sent, and what is sent with it besides. */
    action: string
    fields?: Sent
  }>

/** What to look for besides: each word by itself where no service says all, and around a town that is among the words. */
export const Nearest = ({ wanted, partly, town, action, fields = {} }: NearestProps) => {
  const sent = (change: Partial<Wanted>): Sent => ({ ...fields, ...sentFor({ ...wanted, exactly: false, ...change }) })
  const { words, nothing } = triesFor(partly ?? [])
  const tries = words.map((word) => ({ words: word, fields: sent({ words: word }) }))
  return (
    <>
      {partly === null ? null : <PartlyFound why={partlyInWords(wanted)} {...{ nothing, tries, action }} />}
      {town === null ? null : (
        <ButtonForm action={action} fields={sent({ words: town.rest, place: town.name })} asLink>
          {town.rest === null ? `Look around ${town.name}` : `Look for “${town.rest}” around ${town.name}`}
        </ButtonForm>
      )}
    </>
  )
}

/** What a form sends to look for this. */
function sentFor(wanted: Wanted): Sent {
  const all = new URLSearchParams(inAddress(wanted))
  return Object.fromEntries([...all.keys()].map((name) => [name, all.getAll(name)]))
}
