import { Said, useSay } from './say.tsx'
import { useShell } from './shell.tsx'

/** Asks, before the session ends, whether its reader is still there. Stays closed without script. */
export function SessionEnding() {
  const { sessionSeconds } = useShell()
  const say = useSay()
  if (sessionSeconds === undefined) return null
  return (
    <dialog className="ww-dialog" data-session-ending aria-labelledby="session-ending">
      <h2 className="nhsuk-heading-m" id="session-ending">
        {say('Are you still there?')}
      </h2>
      <p>
        <Said
          text="You will be signed out in {time}. What you typed in forms that save as you type is kept."
          with={{ time: <span data-session-left>{say('2 minutes')}</span> }}
        />
      </p>
      <button type="button" className="nhsuk-button" data-session-stay>
        {say('Stay signed in')}
      </button>
    </dialog>
  )
}
