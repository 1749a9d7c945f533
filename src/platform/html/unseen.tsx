import { shownAtField, type Typed, unseenField, unseenProblems } from '#platform/form/rules.ts'
import { useFieldState } from './field.tsx'
import { TextField } from './fields.tsx'
import { Said } from './say.tsx'
import { useShell } from './shell.tsx'

/**
 * The field that only programs fill in, last in a public form. It is out of sight, out of the order of the keyboard and out
 * of what is read aloud, until something stands in it: then it is a field like any other, which says what to do.
 */
export function UnseenField() {
  const { typed } = useFieldState({})
  return (
    <>
      <ShownAt />
      <OnlyForPrograms typed={typed} />
    </>
  )
}

/** When this form was first shown: what is mended after a slip was not typed in a second. */
function ShownAt() {
  const { shownAt } = useShell()
  const { typed } = useFieldState({})
  const [first = shownAt] = [typed[shownAtField] ?? shownAt].flat()
  return <input type="hidden" name={shownAtField} value={first === '' ? shownAt : first} />
}

function OnlyForPrograms({ typed }: Readonly<{ typed: Typed }>) {
  if (unseenProblems(typed).length > 0)
    return (
      <TextField
        name={unseenField}
        label="Leave this field empty"
        hint="It is here to catch programs that fill in forms by themselves. If your browser filled it in, delete what is in it and send the form again. Everything else you typed is still there."
        autoComplete="off"
      />
    )
  return (
    <div className="nhsuk-u-visually-hidden" aria-hidden="true">
      <label htmlFor={unseenField}>
        <Said text="Leave this field empty" />
      </label>
      <input
        type="text"
        id={unseenField}
        name={unseenField}
        tabIndex={-1}
        autoComplete="off"
        data-1p-ignore=""
        data-lpignore="true"
        data-bwignore="true"
        data-form-type="other"
      />
    </div>
  )
}
