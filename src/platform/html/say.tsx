import { Fragment, type ReactNode } from 'react'
import { directionOf } from '#platform/language/rules.ts'
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
  return say.parts<ReactNode>(text, apart(say, values)).map((part, index) => <Fragment key={index}>{part}</Fragment>)
}

// Among words written from the right a name or a reference would fall apart: each keeps its own order.
function apart(say: Say, values: Readonly<Record<string, ReactNode>>): Readonly<Record<string, ReactNode>> {
  if (!directionOf(say.language)) return values
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? <bdi>{value}</bdi> : value]),
  )
}

type TypedProps = Readonly<{ children: ReactNode; lang?: 'en' }>

/** Words that somebody typed, in whichever language: apart from the page’s own, so that a mark at their end stays there. */
export const AsTyped = ({ children, lang }: TypedProps) => <bdi lang={lang}>{children}</bdi>

/** Words that an area wrote itself: said in the page's language where they are the ones that came with the product, in English otherwise. */
export function AreaWords({ text }: { text: string }) {
  const say = useSay()
  const words = say(text)
  if (words !== text || say.language === 'en') return words
  return (
    <span lang="en" dir="auto">
      {text}
    </span>
  )
}

/** A text that is said in the page's language where it is one; anything else as it stands. */
export function said(say: Say, content: ReactNode): ReactNode {
  return typeof content === 'string' ? say(content) : content
}
