import { CheckboxesFrom, type CodeList, Tick } from './choices.tsx'

type LeavingOutProps = Readonly<{
  /** What may be left out, by its code. */
  parts: CodeList
  /** Whether something of it tells of health, which needs a yes by itself. */
  tellsHealth: boolean
  /** Whether the person themselves reads it, and not somebody who shows it to them. */
  own?: boolean
}>

/** What of something that would be sent is left out, and the yes that health needs by itself. */
export const LeavingOut = ({ parts, tellsHealth, own = false }: LeavingOutProps) => (
  <>
    {Object.keys(parts).length === 0 ? null : (
      <CheckboxesFrom
        name="leftOut"
        label="Is there anything to leave out?"
        hint="Tick what is not to be sent."
        list={parts}
      />
    )}
    {tellsHealth ? (
      <Tick
        name="health"
        label={
          own
            ? 'You may also send what is written about my health'
            : 'What is written about their health may be sent too'
        }
        hint="Without this tick it is not sent."
      />
    ) : null}
  </>
)
