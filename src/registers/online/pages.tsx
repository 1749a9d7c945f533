import { Page } from '#platform/html/page.tsx'
import { Said } from '#platform/html/say.tsx'

/** That a participant has signed out, and how they come back. */
export const SignedOut = () => (
  <Page title="You have signed out">
    <p>
      <Said text="Nobody can see your pages from this phone or computer until you sign in again." />
    </p>
  </Page>
)
