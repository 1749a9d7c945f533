import type { ReactNode } from 'react'
import { ShellContext, useShell } from './shell.tsx'

/** A sheet that is given away: it says whose service it comes from and how to reach it, and not who printed it. */
export const Handout = ({ children }: Readonly<{ children: ReactNode }>) => (
  <ShellContext value={{ ...useShell(), actor: undefined, navigation: [], search: false }}>{children}</ShellContext>
)
