/** What somebody says to what their employer answered. */
export const ownSaying = {
  agree: { label: 'I agree' },
  talk: { label: 'I want to talk about it first' },
} as const
