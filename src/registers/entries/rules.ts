import type { Problem } from '#platform/form/rules.ts'
import { writtenPostcode } from '#platform/postcode/rules.ts'
import type { Entry } from '#registers/entry/rules.ts'
import type { Location, Owner } from '#registers/services/rules.ts'
import { linesIn } from '#registers/typed-lines/rules.ts'

/** What is typed of a location. */
export type TypedLocation = Readonly<{
  name: string
  address: string | null
  town: string
  county: string | null
  postcode: string | null
  access: readonly string[]
  accessWords: string | null
  staffOnly: boolean
}>

/** What is typed of somebody who runs services. */
export type TypedOwner = Readonly<{
  name: string
  about: string | null
  url: string | null
  email: string | null
  contact: string | null
}>

/** A location as it was typed. Where its postcode is another, its place on the map is not known any more. */
export function locationFrom({ address, postcode, ...rest }: TypedLocation, before: Location): Location {
  const written = postcode === null ? null : (writtenPostcode(postcode) ?? null)
  const placed = written === before.postcode ? before : { latitude: null, longitude: null }
  const { latitude, longitude } = placed
  return { ...before, ...rest, address: linesIn(address), postcode: written, latitude, longitude }
}

/** Whoever runs services as it was typed. */
export const ownerFrom = (typed: TypedOwner, before: Owner): Owner => ({ ...before, ...typed })

/** What is wrong with a postcode that was typed. */
export function postcodeProblems({ postcode }: Pick<TypedLocation, 'postcode'>): Problem[] {
  const isWrong = postcode !== null && writtenPostcode(postcode) === undefined
  return isWrong ? [{ field: 'postcode', message: 'Enter a full postcode, like M14 5AA' }] : []
}

/** What is wrong with an address on the web or for messages. */
export function ownerProblems({ url, email }: Pick<TypedOwner, 'url' | 'email'>): Problem[] {
  const wrong: (Problem | false)[] = [
    url !== null &&
      !/^https?:\/\/[^\s/.]+\.[^\s]+$/.test(url) && {
        field: 'url',
        message: 'Enter a web address that begins with https://',
      },
    email !== null &&
      !/^\S+@\S+\.\S+$/.test(email) && { field: 'email', message: 'Enter an email address like name@example.org' },
  ]
  return wrong.filter((problem) => problem !== false)
}

/** From whom a version came, in words. */
export function fromWhom(
  one: Readonly<{ cameFrom: string; source: string | null; by: string | null }>,
  byName: string,
) {
  if (one.cameFrom === 'supplied') return 'Came with the product'
  if (one.cameFrom === 'feed') return `From ${one.source ?? 'another directory'}`
  return one.cameFrom === 'owner' ? 'The service itself' : byName
}

/** Whether something can still be said of an owner or a location: not once it was joined with another. */
export const isOpen = ({ document }: Entry): boolean => !document.joinedInto
