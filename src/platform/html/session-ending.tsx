import { useShell } from './shell.tsx'

/** Asks, before the session ends, whether its reader is still there. Stays closed without script. */
export function SessionEnding() {
  const { sessionSeconds } = useShell()
  if (sessionSeconds === undefined) return null
  return (
    <dialog className="ww-dialog" data-session-ending aria-labelledby="session-ending">
      <h2 className="nhsuk-heading-m" id="session-ending">
        Are you still there?
      </h2>
      <p>
        You will be signed out in <span data-session-left>2 minutes</span>. What you typed in forms that save as you
        type is kept.
      </p>
      <button type="button" className="nhsuk-button" data-session-stay>
        Stay signed in
      </button>
    </dialog>
  )
}
