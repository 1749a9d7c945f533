import { createContext, type ReactNode, use } from 'react'
import type { FormState, Problem, Typed } from '#platform/form/rules.ts'
import type { Say } from '#platform/language/say.ts'
import { said, useSay } from './say.tsx'
import { versionField } from './shell.tsx'

/** What every field takes. `typed` and `problems` come from the surrounding form unless given here. */
export type FieldProps = Readonly<{
  name: string
  label: string
  hint?: ReactNode
  /** What is stored; shown until the reader has typed something on this form. */
  value?: string | undefined
  typed?: Typed | undefined
  problems?: readonly Problem[] | undefined
  /** Needed only where two forms on one page hold a field of the same name. */
  id?: string | undefined
  /** Makes the label the one heading of a page that asks a single question; give the page `heading={false}`. */
  asHeading?: boolean | undefined
}>

export const FormStateContext = createContext<FormState>({ problems: [], typed: {} })

/** Where what stands in a field came from, by the name of the field: said beside it, so that somebody looks at it. */
export type Sources = Readonly<Record<string, string>>
export const SourcesContext = createContext<Sources>({})

/** The hint of a field, with where what stands in it came from. */
export function useHint(name: string, hint: ReactNode): ReactNode {
  const say = useSay()
  const source = use(SourcesContext)[name]
  if (source === undefined) return hint
  return (
    <>
      <strong>{say(source)}</strong>
      {hint ? <> {said(say, hint)}</> : null}
    </>
  )
}

/** The id a problem with this field links to. The day of a date stands for the whole date. */
export function fieldId(name: string): string {
  return name.replace(/-day$/, '')
}

/** What this field shows: everything typed when something was, otherwise what is stored. */
export function useFieldState({ typed, problems }: Pick<FieldProps, 'typed' | 'problems'>): FormState {
  const form = use(FormStateContext)
  return { typed: typed ?? form.typed, problems: problems ?? form.problems }
}

/** The text in one field: what was typed wins over what is stored, even where it was left empty. */
export function textIn(typed: Typed, name: string, value: string | undefined): string | undefined {
  const entry = typed[name]
  if (entry !== undefined) return typeof entry === 'string' ? entry : entry[0]
  return isFilledIn(typed) ? undefined : value
}

/** The choices made in one field. */
export function choicesIn(typed: Typed, name: string, value: readonly string[]): readonly string[] {
  const entry = typed[name]
  if (entry !== undefined) return typeof entry === 'string' ? [entry] : entry
  return isFilledIn(typed) ? [] : value
}

// A button with nothing to fill in sends the version alone.
function isFilledIn(typed: Typed): boolean {
  return Object.keys(typed).some((name) => name !== versionField)
}

/** What is wrong with this field, if anything. */
export function problemWith(problems: readonly Problem[], name: string): string | undefined {
  return problems.find((problem) => problem.field === name)?.message
}

type Labelled = Pick<FieldProps, 'label' | 'hint' | 'asHeading'> & { error: string | undefined }

/** The label, hint and error of one field in the form the design system's own components take. */
export function fieldTexts(say: Say, { label, hint, asHeading, error }: Labelled) {
  return {
    label: say(label),
    labelProps: asHeading ? ({ isPageHeading: true, size: 'l' } as const) : {},
    ...(hint ? { hint: <>{said(say, hint)}</> } : {}),
    ...(error ? { error: say(error), errorProps: { visuallyHiddenText: say('Error: ').replace(/:\s*$/, '') } } : {}),
  }
}

/** The same for a group of choices, where the label is a legend. */
export function groupTexts(say: Say, { label, ...rest }: Labelled) {
  const { label: legend, labelProps: legendProps, ...texts } = fieldTexts(say, { label, ...rest })
  return { legend, legendProps: rest.asHeading ? legendProps : ({ size: 's' } as const), ...texts }
}
