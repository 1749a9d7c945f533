/** What is wrong with one field, in a sentence that says what to do. */
export type Problem = Readonly<{ field: string; message: string }>

/** What somebody typed, field by field, exactly as it came. */
export type Typed = Readonly<Record<string, string | readonly string[]>>

/** What a form page needs to show itself again with nothing lost. */
export type FormState = Readonly<{ problems: readonly Problem[]; typed: Typed }>

/** A form that has been looked at: its values when every field is right, otherwise what is wrong. */
export type Checked<Value> =
  | Readonly<{ ok: true; value: Value; typed: Typed; problems: readonly [] }>
  | Readonly<{ ok: false; typed: Typed; problems: readonly Problem[] }>

/** What somebody is told who went back to a form that was taken, changed it and sent it again. */
export const resentMessage =
  'This form was sent before with something else in it. What was sent first is kept. To keep this as well, send it once more. To correct what was sent, correct it where it stands now.'

/** The id under which such a form is shown once more: another than the one it was taken under. */
export function resentId({ problems, typed }: FormState): string | undefined {
  const isResent = problems.some(({ field, message }) => field === 'id' && message === resentMessage)
  return isResent ? [typed['id']].flat().at(-1) : undefined
}

/** A form nobody has filled in yet. */
export const blank: FormState = { problems: [], typed: {} }

/** A form shown with what is already known. */
export function filled(typed: Readonly<Record<string, string | readonly string[] | undefined>>): FormState {
  const known = Object.entries(typed).filter(
    (pair): pair is [string, string | readonly string[]] => pair[1] !== undefined,
  )
  return { problems: [], typed: Object.fromEntries(known) }
}

/**
 * A field of public forms that nobody sees, and that programs which fill in everything fill in. Its name is none that
 * browsers and password managers complete.
 */
export const unseenField = 'notes-for-us'

/** The field of public forms that says when its page was first shown. */
export const shownAtField = 'shown-at'

/**
 * Whether something stands in the field that nobody sees. It is no refusal: the form comes back with everything that was
 * typed and the field in sight, so that a person whose browser filled it in empties it and goes on.
 */
export function unseenProblems(typed: Typed): Problem[] {
  const there = [typed[unseenField] ?? ''].flat().some((entry) => entry.trim() !== '')
  return there ? [{ field: unseenField, message: 'Delete what is in the last field, and send the form again' }] : []
}

// Arabic-Indic digits, and those of Persian and Urdu: people type the digits of their keyboard.
const scripts = [0x660, 0x6f0]

/** Numbers as everybody here reads them, whichever digits they were typed in. */
export const plainDigits = (typed: string): string =>
  typed.replaceAll(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => {
    const code = digit.codePointAt(0) ?? 0
    return String(code - (scripts.findLast((zero) => code >= zero) ?? code))
  })
