import { Tag } from '#platform/html/content.tsx'
import { standingInWords } from '#registers/directory/rules.ts'
import { type ServiceDays, serviceStates, stateOn } from '#registers/services/rules.ts'

const colours = { open: 'green', paused: 'yellow', closed: 'grey', 'to-come': 'blue' } as const

/** How a service stands, with the days that explain it. */
export const Standing = ({ days, today }: Readonly<{ days: ServiceDays; today: Temporal.PlainDate }>) => {
  const state = stateOn(days, today)
  return (
    <>
      <Tag colour={colours[state]}>{serviceStates[state].label}</Tag> {standingInWords(days, today)}
    </>
  )
}
