import { Fragment, type ReactNode } from 'react'
import { type Say, sayIn } from '#platform/language/say.ts'
import { useShell } from './shell.tsx'

/** Says English texts in the language of this page. Staff pages are English; the same words go through unchanged. */
export function useSay(): Say {
  return sayIn(useShell().language)
}

type SaidProps = Readonly<{ text: string; with?: Readonly<Record<string, ReactNode>> }>

/** A text of a page, with values that may be more than text: a link, a name in bold. */
export function Said({ text, with: values }: SaidProps) {
  const say = useSay()
  if (values === undefined) return say(text)
  return say.parts<ReactNode>(text, values).map((part, index) => <Fragment key={index}>{part}</Fragment>)
}

/** A text that is said in the page's language where it is one; anything else as it stands. */
export function said(say: Say, content: ReactNode): ReactNode {
  return typeof content === 'string' ? say(content) : content
}
