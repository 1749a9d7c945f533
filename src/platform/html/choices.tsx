import { Checkboxes, Radios, Select } from 'nhsuk-react-components'
import type { ReactNode } from 'react'
import {
  choicesIn,
  type FieldProps,
  fieldId,
  fieldTexts,
  groupTexts,
  problemWith,
  textIn,
  useFieldState,
} from './field.tsx'
import { said, useSay } from './say.tsx'
import { useShell } from './shell.tsx'

/** A code list: what may be chosen, in the order shown; an entry that has ended is kept for what was chosen before. */
export type CodeList = Readonly<Record<string, Readonly<{ label: string; hint?: string; until?: string }>>>

type ChoiceProps<List extends CodeList> = Omit<FieldProps, 'value'> &
  Readonly<{
    list: List
    /** Show only these, where the page offers fewer than the list holds. */
    only?: readonly (keyof List & string)[]
    /** Staff pages are dense, public ones easy to hit with a thumb, unless a page says otherwise. */
    small?: boolean
  }>

type Reveals<List extends CodeList> = Readonly<{
  /** What else is asked once this one is chosen. Works without script. */
  reveal?: Readonly<Partial<Record<keyof List & string, ReactNode>>>
}>

type RadiosProps<List extends CodeList> = ChoiceProps<List> &
  Reveals<List> &
  Readonly<{ value?: (keyof List & string) | undefined; inline?: boolean }>

/** One choice of a code list. */
export function RadiosFrom<List extends CodeList>(props: RadiosProps<List>) {
  const {
    name,
    label,
    hint,
    value,
    typed,
    problems,
    id = fieldId(name),
    asHeading,
    list,
    only,
    reveal,
    small,
    ...look
  } = props
  const state = useFieldState({ typed, problems })
  const chosen = textIn(state.typed, name, value)
  const say = useSay()
  const texts = groupTexts(say, { label, hint, asHeading, error: problemWith(state.problems, name) })
  return (
    <Radios name={name} small={useSmall(small)} {...texts} {...look}>
      {useOffered(list, only, chosen === undefined ? [] : [chosen]).map(([code, entry], index) => (
        <Radios.Item
          key={code}
          id={index === 0 ? id : `${id}-${code}`}
          value={code}
          defaultChecked={code === chosen}
          conditional={reveal?.[code]}
          {...(entry.hint ? { hint: say(entry.hint) } : {})}
        >
          {say(entry.label)}
        </Radios.Item>
      ))}
    </Radios>
  )
}

type CheckboxesProps<List extends CodeList> = ChoiceProps<List> &
  Reveals<List> &
  Readonly<{
    value?: readonly (keyof List & string)[] | undefined
    /** The entry that means "none of these". */
    none?: keyof List & string
  }>

/** Any number of choices of a code list. */
export function CheckboxesFrom<List extends CodeList>(props: CheckboxesProps<List>) {
  const {
    name,
    label,
    hint,
    value = [],
    typed,
    problems,
    id = fieldId(name),
    asHeading,
    list,
    only,
    reveal,
    none,
    small,
    ...look
  } = props
  const state = useFieldState({ typed, problems })
  const chosen = choicesIn(state.typed, name, value)
  const say = useSay()
  const texts = groupTexts(say, { label, hint, asHeading, error: problemWith(state.problems, name) })
  return (
    <Checkboxes name={name} small={useSmall(small)} {...texts} {...look}>
      {useOffered(list, only, chosen).map(([code, entry], index) => (
        <Checkboxes.Item
          key={code}
          id={index === 0 ? id : `${id}-${code}`}
          value={code}
          defaultChecked={chosen.includes(code)}
          conditional={reveal?.[code]}
          {...(entry.hint ? { hint: say(entry.hint) } : {})}
          {...(code === none ? { exclusive: true, exclusiveGroup: name } : {})}
        >
          {say(entry.label)}
        </Checkboxes.Item>
      ))}
    </Checkboxes>
  )
}

type SelectProps<List extends CodeList> = Omit<ChoiceProps<List>, 'small'> &
  Readonly<{
    value?: (keyof List & string) | undefined
    /** The first line, which chooses nothing; `false` where something is always chosen. */
    empty?: string | false
    /** How the names of the boxes begin of which one is chosen: where script runs, only what is ticked is offered. */
    among?: string
  }>

/** One choice of a long code list. Prefer radios for fewer than seven. */
export function SelectFrom<List extends CodeList>(props: SelectProps<List>) {
  const { name, label, hint, value, typed, problems, id, asHeading, list, only, empty = 'Choose', among } = props
  const state = useFieldState({ typed, problems })
  const chosen = textIn(state.typed, name, value)
  const say = useSay()
  const texts = fieldTexts(say, { label, hint, asHeading, error: problemWith(state.problems, name) })
  return (
    <Select id={id ?? fieldId(name)} name={name} defaultValue={chosen} data-among={among} {...texts}>
      {empty === false ? null : <option value="">{say(empty)}</option>}
      {useOffered(list, only, chosen === undefined ? [] : [chosen]).map(([code, entry]) => (
        <option key={code} value={code}>
          {say(entry.label)}
        </option>
      ))}
    </Select>
  )
}

type TickProps = Omit<FieldProps, 'value' | 'asHeading'> &
  Readonly<{ value?: boolean; small?: boolean; reveal?: ReactNode }>

/** One box to tick, sent as `yes`. */
export function Tick({ name, label, hint, value = false, typed, problems, id, small, reveal }: TickProps) {
  const state = useFieldState({ typed, problems })
  const say = useSay()
  const error = problemWith(state.problems, name)
  return (
    <Checkboxes name={name} small={useSmall(small)} {...(error ? { error: say(error) } : {})}>
      <Checkboxes.Item
        id={id ?? fieldId(name)}
        value="yes"
        defaultChecked={textIn(state.typed, name, value ? 'yes' : undefined) === 'yes'}
        conditional={reveal}
        {...(hint ? { hint: <>{said(say, hint)}</> } : {})}
      >
        {say(label)}
      </Checkboxes.Item>
    </Checkboxes>
  )
}

function useSmall(small: boolean | undefined): boolean {
  const { layout } = useShell()
  return small ?? layout === 'staff'
}

function useOffered(list: CodeList, only: readonly string[] | undefined, chosen: readonly string[]) {
  const { today } = useShell()
  return Object.entries(list).filter(
    ([code, entry]) =>
      chosen.includes(code) || ((only?.includes(code) ?? true) && (entry.until === undefined || entry.until > today)),
  )
}
