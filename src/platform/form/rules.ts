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

/** A form nobody has filled in yet. */
export const blank: FormState = { problems: [], typed: {} }

/** A form shown with what is already known. */
export function filled(typed: Readonly<Record<string, string | readonly string[] | undefined>>): FormState {
  const known = Object.entries(typed).filter(
    (pair): pair is [string, string | readonly string[]] => pair[1] !== undefined,
  )
  return { problems: [], typed: Object.fromEntries(known) }
}
