const inward = '[0-9][ABD-HJLNP-UW-Z]{2}'
const outward = '[A-PR-UWYZ](?:[0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y](?:[0-9]{1,2}|[0-9][ABEHMNPRV-Y]))'
const postcodeShape = new RegExp(`^(?:${outward}${inward}|GIR0AA)$`)
const outwardShape = new RegExp(`^${outward}$`)

/** The postcode as it stands on an envelope ("SW1A 1AA"); undefined when no postcode has this shape. */
export function writtenPostcode(typed: string): string | undefined {
  const compact = compactPostcode(typed)
  return postcodeShape.test(compact) ? `${compact.slice(0, -3)} ${compact.slice(-3)}` : undefined
}

/** The postcode as places are looked up by: capitals, no spaces. */
export function compactPostcode(typed: string): string {
  return typed.slice(0, 40).replaceAll(/\s/g, '').toUpperCase()
}

/** The first half of what was typed, "SW1A" of a whole postcode or of itself; undefined when it is neither. */
export function outwardOf(typed: string): string | undefined {
  const compact = compactPostcode(typed)
  return outwardShape.test(compact) ? compact : writtenPostcode(compact)?.split(' ')[0]
}
