import { useShell } from './shell.tsx'

// Drawn by us for these pages, in lines of one width on a square of 48: a thing that one sees every day for each idea.
const drawings = {
  home: 'M6 24 24 8l18 16M11 20v22h26V20M20 42V30h8v12',
  phone: 'M18 4h12a4 4 0 0 1 4 4v32a4 4 0 0 1-4 4H18a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4zM22 38h4',
  talk: 'M5 8h26v17H17l-7 7v-7H5zM36 17h7v17h-5v7l-7-7H20',
  plan: 'M11 4h26v40H11zM18 13h12M18 21h12M17 33l5 5 9-10',
  calendar: 'M6 10h36v32H6zM6 19h36M15 4v10M33 4v10M14 27h4M22 27h4M30 27h4M14 35h4M22 35h4',
  message: 'M4 11h40v27H4zM4 11l20 17 20-17',
  person: 'M24 23a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM8 43c0-9 7-14 16-14s16 5 16 14',
  choice: 'M24 44a20 20 0 1 0 0-40 20 20 0 0 0 0 40zM14 25l7 7 13-15',
  money: 'M24 44a20 20 0 1 0 0-40 20 20 0 0 0 0 40zM30 18c-1-3-3-5-6-5-4 0-6 3-5 7l1 6c0 4-1 6-3 8h14M16 25h10',
  copy: 'M8 13h23v31H8zM15 13V4h25v32h-9',
  eye: 'M4 24s8-14 20-14 20 14 20 14-8 14-20 14S4 24 4 24zM24 30a6 6 0 1 0 0-12 6 6 0 0 0 0 12z',
  question: 'M24 44a20 20 0 1 0 0-40 20 20 0 0 0 0 40zM18 19c0-4 3-6 6-6s6 2 6 6c0 5-6 5-6 10M24 35v1',
  pen: 'M7 41l3-11L32 8l8 8-22 22zM28 12l8 8',
  door: 'M9 4h21v40H9zM24 24v1M35 24h10M40 18l6 6-6 6',
  heart: 'M24 42C7 31 4 23 4 17a10 10 0 0 1 20-3 10 10 0 0 1 20 3c0 6-3 14-20 25z',
  stop: 'M16 4h16l12 12v16L32 44H16L4 32V16zM17 17l14 14M31 17 17 31',
} as const

export type Drawing = keyof typeof drawings

/**
 * A simple drawing beside a main idea of an easy-read page. It shows what the words say and nothing else, so nobody who
 * cannot see it misses anything; in no other language is it there.
 */
export function Picture({ of }: Readonly<{ of: Drawing }>) {
  if (useShell().language !== 'easy-read') return null
  return (
    <svg className="ww-picture" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path d={drawings[of]} />
    </svg>
  )
}
