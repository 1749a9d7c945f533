type ShutOut = Readonly<{ name: string; booked: boolean }>

/** A restricted record that is closed to the coach of its person, on the day of whoever may give them to somebody else. */
export function shutLines(shut: ShutOut | undefined) {
  if (!shut) return []
  const also = shut.booked ? `, and move what is booked with ${shut.name}` : ''
  const because = `${shut.name} cannot open the record: give them to somebody else${also}`
  return [{ reason: 'shut' as const, because, on: null }]
}
