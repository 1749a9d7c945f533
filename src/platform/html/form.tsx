import type { ReactNode } from 'react'
import type { Problem, Typed } from '#platform/form/rules.ts'
import { ChangedMeanwhile, type Edited, isChangedMeanwhile } from './clash.tsx'
import { FormStateContext } from './field.tsx'
import { csrfField, useShell, versionField } from './shell.tsx'

export type FormProps = Readonly<{
  action: string
  children: ReactNode
  problems?: readonly Problem[] | undefined
  typed?: Typed | undefined
  /** What the form changes, where others may change it too: a reader whose version is older sees both before saving. */
  edits?: Edited | undefined
  /** What the draft is kept under; saved as it is typed where script runs. */
  draft?: string | undefined
  /** Set where the form sends files. */
  files?: boolean | undefined
  fields?: Readonly<Record<string, string>> | undefined
  className?: string
}>

/** A form that changes something: always POST, always proven to come from our page, never checked by the browser. */
export function Form({
  action,
  children,
  problems = [],
  typed = {},
  edits,
  draft,
  files,
  fields,
  className,
}: FormProps) {
  const { csrf, area, layout } = useShell()
  // Somebody without an account has no membership that says in which area their draft is kept.
  const draftArea = draft !== undefined && layout === 'public' && area ? { area: area.code } : {}
  return (
    <form
      action={action}
      method="post"
      noValidate
      encType={files ? 'multipart/form-data' : undefined}
      data-draft={draft}
      className={className}
    >
      <HiddenFields
        fields={{
          ...draftArea,
          [csrfField]: csrf,
          ...(edits === undefined ? {} : { [versionField]: `${edits.version}` }),
          ...fields,
        }}
      />
      {edits && isChangedMeanwhile(typed, edits.version) ? <ChangedMeanwhile>{edits.now}</ChangedMeanwhile> : null}
      <FormStateContext value={{ problems, typed }}>{children}</FormStateContext>
      {draft === undefined ? null : <p className="ww-saved" data-saved aria-live="polite" />}
    </form>
  )
}

/** Values a form sends without asking. */
function HiddenFields({ fields }: { fields: Readonly<Record<string, string>> }) {
  return Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)
}
