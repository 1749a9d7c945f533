import type { ReactNode } from 'react'
import { type Problem, resentId, type Typed } from '#platform/form/rules.ts'
import { ChangedMeanwhile, type Edited, isChangedMeanwhile } from './clash.tsx'
import { Details } from './content.tsx'
import { fieldId, FormStateContext, problemWith, useFieldState } from './field.tsx'
import { Said, useSay } from './say.tsx'
import { csrfField, shellAddresses, useShell, versionField } from './shell.tsx'

/** What a form sends without asking, each by its name, several values of one name together. */
export type Sent = Readonly<Record<string, string | readonly string[]>>

export type FormProps = Readonly<{
  action: string
  children: ReactNode
  problems?: readonly Problem[] | undefined
  typed?: Typed | undefined
  /** What the form changes, where others may change it too: a reader whose version is older sees both before saving. */
  edits?: Edited | undefined
  /** Kept as it is typed where script runs, under the draft that the route names, or under another name. */
  draft?: boolean | string | undefined
  /** Set where the form sends files. */
  files?: boolean | undefined
  fields?: Sent | undefined
  className?: string
}>

/** A form that changes something: always POST, always proven to come from our page, never checked by the browser. */
export function Form({ children, problems = [], typed = {}, edits, draft, fields, ...form }: FormProps) {
  const { csrf, area, layout } = useShell()
  const key = useDraftKey(draft)
  // Somebody without an account has no membership that says in which area their draft is kept.
  const draftArea = key !== undefined && layout === 'public' && area ? { area: area.code } : {}
  const another = resentId({ problems, typed })
  const version = edits === undefined ? {} : { [versionField]: `${edits.version}` }
  return (
    <>
      {draft === true ? <KeptDraft fields={draftArea} /> : null}
      <form
        action={form.action}
        method="post"
        noValidate
        encType={form.files ? 'multipart/form-data' : undefined}
        data-draft={key}
        className={form.className}
      >
        <HiddenFields
          fields={{ ...draftArea, [csrfField]: csrf, ...version, ...fields, ...(another ? { id: another } : {}) }}
        />
        <Unshown problem={problemWith(problems, 'id')} />
        {edits && isChangedMeanwhile(typed, edits.version) ? <ChangedMeanwhile>{edits.now}</ChangedMeanwhile> : null}
        <FormStateContext value={{ problems, typed }}>{children}</FormStateContext>
        {key === undefined ? null : <Saved />}
      </form>
    </>
  )
}

/** What is wrong with the id of a form, which has no field to stand at. */
function Unshown({ problem }: Readonly<{ problem: string | undefined }>) {
  const say = useSay()
  return problem === undefined ? null : (
    <p id={fieldId('id')} className="nhsuk-error-message">
      {say(problem)}
    </p>
  )
}

function Saved() {
  const say = useSay()
  const words = { 'data-saved': say('Saved'), 'data-unsaved': say('Not saved yet. Keep this page open.') }
  return <p className="ww-saved" {...words} aria-live="polite" />
}

type FoldedProps = Readonly<{ summary: string; fields: readonly string[]; children: ReactNode }>

/**
 * Fields that few need, folded away. Open where one of them holds something or is wrong: nobody looks for what was said to
 * be wrong, or thinks that it was lost, behind a fold.
 */
export function Folded({ summary, fields, children }: FoldedProps) {
  const { problems, typed } = useFieldState({})
  const isWithin = (name: string) => fields.some((field) => name === field || name.startsWith(`${field}-`))
  const holds = Object.entries(typed).some(([name, entry]) => isWithin(name) && [entry].flat().join('') !== '')
  return (
    <Details summary={summary} open={holds || problems.some(({ field }) => isWithin(field))}>
      {children}
    </Details>
  )
}

function useDraftKey(draft: FormProps['draft']): string | undefined {
  const shell = useShell()
  if (draft !== true) return draft === false ? undefined : draft
  if (!shell.draft) throw new Error(`The route of ${shell.path} names no draft`)
  return shell.draft.key
}

/** That this is what the reader typed before, and how to begin afresh. A form of its own, so that Enter never clears. */
function KeptDraft({ fields }: { fields: Readonly<Record<string, string>> }) {
  const { draft, path } = useShell()
  if (!draft?.kept) return null
  return (
    <div className="ww-kept">
      <p>
        <Said text="This is what you typed here before and did not send." />
      </p>
      <Form
        action={`${shellAddresses.draftRemoval}?to=${encodeURIComponent(path)}`}
        fields={{ ...fields, draft: draft.key }}
        className="ww-button-form"
      >
        <button type="submit" className="ww-link-button">
          <Said text="Clear it and start again" />
        </button>
      </Form>
    </div>
  )
}

/** Values a form sends without asking. */
function HiddenFields({ fields }: { fields: Sent }) {
  const each = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))
  return each.map(([name, value]) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />)
}
