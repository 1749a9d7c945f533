import { DateInput, FileUpload, TextInput, Textarea } from 'nhsuk-react-components'
import { useSay } from './say.tsx'
import {
  type FieldProps,
  fieldId,
  fieldTexts,
  groupTexts,
  problemWith,
  textIn,
  useFieldState,
  useHint,
} from './field.tsx'

type TextFieldProps = FieldProps &
  Readonly<{
    type?: 'text' | 'email' | 'tel' | 'search' | 'url' | 'time'
    inputMode?: 'numeric' | 'decimal' | 'tel' | 'email'
    /** How many characters the answer usually has. */
    width?: 2 | 3 | 4 | 5 | 10 | 20 | 30
    autoComplete?: string
    prefix?: string
    suffix?: string
    spellCheck?: boolean
    /** Where the answer is in another language than the page. */
    lang?: string
    dir?: 'rtl' | undefined
  }>

/** One line of text. */
export function TextField({ name, label, hint, value, typed, problems, id, asHeading, ...input }: TextFieldProps) {
  const said = useHint(name, hint)
  const state = useFieldState({ typed, problems })
  const say = useSay()
  return (
    <TextInput
      id={id ?? fieldId(name)}
      name={name}
      defaultValue={textIn(state.typed, name, value)}
      {...fieldTexts(say, { label, hint: said, asHeading, error: problemWith(state.problems, name) })}
      {...input}
    />
  )
}

type TextAreaProps = FieldProps &
  Readonly<{ rows?: number; maximum?: number; autoComplete?: string; lang?: string; dir?: 'rtl' | undefined }>

/** Several lines of text; `maximum` says how many characters may be used and counts them where script runs. */
export function TextArea(props: TextAreaProps) {
  const { name, label, hint: own, value, typed, problems, id, asHeading, rows = 5, maximum, ...input } = props
  const hint = useHint(name, own)
  const state = useFieldState({ typed, problems })
  const say = useSay()
  const field = {
    id: id ?? fieldId(name),
    name,
    rows,
    defaultValue: textIn(state.typed, name, value),
    ...fieldTexts(say, { label, hint, asHeading, error: problemWith(state.problems, name) }),
    ...input,
  }
  return maximum ? <Counted {...{ field, maximum }} /> : <Textarea {...field} />
}

type CountedProps = Readonly<{ field: Parameters<typeof Textarea>[0] & Readonly<{ id: string }>; maximum: number }>

// The library counts in English alone. How a number is said differs with the number, so the page brings every form along.
function Counted({ field, maximum }: CountedProps) {
  const say = useSay()
  const info = `${field.id}-info`
  return (
    <div
      className="nhsuk-character-count"
      data-maxlength={maximum}
      data-remaining={say.forms(
        '{n, plural, one {You have # character remaining} other {You have # characters remaining}}',
      )}
      data-too-many={say.forms(
        '{n, plural, one {You have # character too many} other {You have # characters too many}}',
      )}
    >
      <Textarea {...field} aria-describedby={info} />
      <p id={info} className="nhsuk-hint nhsuk-character-count__message">
        {say('You can enter up to {most} characters', { most: `${maximum}` })}
      </p>
    </div>
  )
}

type DateFieldProps = FieldProps & Readonly<{ birthday?: boolean }>

/** A day, as three fields named `name-day`, `name-month` and `name-year`; `value` is written 2026-01-31. */
export function DateField(props: DateFieldProps) {
  const { name, label, value, typed, problems, id = name, asHeading, birthday } = props
  const hint = useHint(name, props.hint)
  const state = useFieldState({ typed, problems })
  const say = useSay()
  const [year, month, day] = value?.split('-').map((part) => part.replace(/^0+/, '')) ?? []
  const wrong = wrongParts(state.problems, name)
  const part = (which: 'day' | 'month' | 'year', stored: string | undefined) => ({
    id: which === 'day' ? id : `${id}-${which}`,
    defaultValue: textIn(state.typed, `${name}-${which}`, stored),
    error: wrong.includes(which) && 'wrong',
    ...(birthday ? { autoComplete: `bday-${which}` } : {}),
  })
  return (
    <DateInput
      id={`${id}-date`}
      name={name}
      {...groupTexts(say, { label, hint, asHeading, error: firstOf(state.problems, name) })}
    >
      <DateInput.Day label={say('Day')} {...part('day', day)} />
      <DateInput.Month label={say('Month')} {...part('month', month)} />
      <DateInput.Year label={say('Year')} {...part('year', year)} />
    </DateInput>
  )
}

const dateParts = ['day', 'month', 'year'] as const

function wrongParts(problems: readonly { field: string }[], name: string): readonly string[] {
  if (problems.some((problem) => problem.field === name)) return dateParts
  return dateParts.filter((part) => problems.some((problem) => problem.field === `${name}-${part}`))
}

function firstOf(problems: readonly { field: string; message: string }[], name: string): string | undefined {
  const fields = [name, ...dateParts.map((part) => `${name}-${part}`)]
  return problems.find((problem) => fields.includes(problem.field))?.message
}

type FileFieldProps = Omit<FieldProps, 'value'> & Readonly<{ accept?: string; multiple?: boolean }>

/** A file to send; its form needs `files`. */
export function FileField({ name, label, hint, typed, problems, id, asHeading, ...input }: FileFieldProps) {
  const state = useFieldState({ typed, problems })
  const say = useSay()
  return (
    <FileUpload
      id={id ?? fieldId(name)}
      name={name}
      {...fieldTexts(say, { label, hint, asHeading, error: problemWith(state.problems, name) })}
      {...input}
    />
  )
}
