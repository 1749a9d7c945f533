import { ButtonForm } from './buttons.tsx'
import { useSay } from './say.tsx'
import { useShell } from './shell.tsx'

/** Says what was just done, and takes it back where that can be. */
export function Flash() {
  const { flash } = useShell()
  const say = useSay()
  if (!flash) return null
  const { text, tone = 'done', undo } = flash
  return (
    <div className={`ww-flash ww-flash--${tone}`} role="status" data-flash>
      <p className="ww-flash__text">{say(text)}</p>
      {undo ? (
        <ButtonForm action={undo.action} asLink fields={undo.fields}>
          {undo.label ?? 'Undo'}
        </ButtonForm>
      ) : null}
    </div>
  )
}
