import { PhoneLink } from './footer.tsx'
import { Said } from './say.tsx'
import { useShell } from './shell.tsx'

/** Whom to ring, for whoever would rather talk than fill a page in. */
export function WhomToRing({ askedBy }: { askedBy: string }) {
  const { area } = useShell()
  if (!area?.phone) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">
        <Said text="If you would rather talk" />
      </h2>
      <p>
        <Said
          text="Ring {area} on {phone} and ask for {name}."
          with={{ area: area.name, phone: <PhoneLink number={area.phone} />, name: askedBy }}
        />
      </p>
    </>
  )
}
