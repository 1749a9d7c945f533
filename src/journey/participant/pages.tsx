import { Page } from '#platform/html/page.tsx'
import { PhoneLink } from '#platform/html/footer.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { useShell } from '#platform/html/shell.tsx'

/** Where a participant begins: what comes next, and whom they can ring. */
export function Home({ name }: Readonly<{ name: string }>) {
  const say = useSay()
  const { area } = useShell()
  return (
    <Page title="Home" heading={say('Hello {name}', { name })} lede="This is your own page. Only you see it here.">
      {area?.phone ? (
        <p>
          <Said text="If you want to talk to us, call {phone}." with={{ phone: <PhoneLink number={area.phone} /> }} />
        </p>
      ) : null}
    </Page>
  )
}
