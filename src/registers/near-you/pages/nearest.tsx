import { ButtonForm } from '#platform/html/buttons.tsx'
import { PartlyFound } from '#platform/html/partly-found.tsx'
import { useSay } from '#platform/html/say.tsx'
import type { Say } from '#platform/language/say.ts'
import { type Found, nearYou, sentFor } from '#registers/near-you/rules.ts'
import { partlyInWords, placeOf, type Shown, triesFor } from '#registers/seeking/rules.ts'
import type { Wanted } from '#registers/sifting/rules.ts'

/** What to look for besides: each word by itself where no service says all, and around a town that is among the words. */
export const Nearest = ({ area, wanted, partly, townNamed: town }: Found) => {
  const say = useSay()
  const action = nearYou(area.area)
  const { words, nothing } = triesFor(partly ?? [])
  const tries = words.map((word) => ({ words: word, fields: sentFor(wanted, { words: word, exactly: false }) }))
  return (
    <>
      {partly === null ? null : <PartlyFound why={partlyInWords(wanted)} {...{ nothing, tries, action }} />}
      {town === null ? null : (
        <ButtonForm action={action} fields={sentFor(wanted, { words: town.rest, place: town.name })} asLink>
          {say('Look for support around {place}', { place: town.name })}
        </ButtonForm>
      )}
    </>
  )
}

/** Why a service stands where it does, as far as somebody asked for words that it says some of, or for a place. */
export function reasonFor(one: Shown, wanted: Wanted, say: Say): string | undefined {
  const place = placeOf(one, wanted)
  const isRemote = wanted.place !== null && place === null && one.places.length === 0
  const reasons = [
    one.says ? saysIn(one.says, say) : null,
    place?.how === 'in' ? say('In {place}', { place: place.name }) : null,
    place?.how === 'for' ? say('For people in {place}', { place: place.name }) : null,
    isRemote ? say('By phone or online, wherever you are') : null,
  ].filter((reason) => reason !== null)
  return reasons.length === 0 ? undefined : `${reasons.join('. ')}.`
}

function saysIn({ said, unsaid }: NonNullable<Shown['says']>, say: Say): string {
  const [has, lacks] = [said.join(', '), unsaid.join(', ')]
  return unsaid.length === 0
    ? say('It says: {has}', { has })
    : say('It says: {has}. It does not say: {lacks}', { has, lacks })
}
