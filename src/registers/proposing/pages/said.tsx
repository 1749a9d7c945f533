import { SummaryList } from '#platform/html/lists.tsx'
import { differencesInWords } from '#registers/directory/rules.ts'
import { emptyListing, type Listing } from '#registers/listing/rules.ts'
import { isSupportKind, supportKinds } from '#registers/services/rules.ts'

/** What a listing says now, for somebody who typed over an older version of it. */
export const SaidNow = ({ listing, owner }: Readonly<{ listing: Listing; owner: string }>) => {
  const terms = new Map<string, string>(
    listing.kinds.filter(isSupportKind).map((kind) => [kind, supportKinds[kind].label]),
  )
  const names = {
    owners: new Map([[listing.owner, owner]]),
    terms,
    locations: new Map<string, string>(),
    places: new Map<string, string>(),
  }
  const said = differencesInWords(emptyListing, { ...listing, locations: [] }, names)
  return <SummaryList compact rows={said.map(({ label, after }) => ({ label, value: after }))} />
}
