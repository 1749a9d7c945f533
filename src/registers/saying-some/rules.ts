/** A word that somebody typed, by the stem it is looked for by, and how many services say it, counted up to a thousand and one. */
export type OneWord = Readonly<{ word: string; stem: string; services: number }>

/** How much a word tells by how few say it, as a number that can be added: nothing for one that very many say. */
export const tells = ({ services }: OneWord): number => (services === 0 ? 0 : Math.log(1002 / services))

/** How well a service says some of the words: how many of them, and before others with as many what tells more. */
export const wordsSaid = 1000

/** Which of the words a service says, and which it does not. */
export const wordsIn = (words: readonly OneWord[], bits: number): Readonly<{ said: string[]; unsaid: string[] }> => ({
  said: words.filter((_, place) => (bits >> place) % 2 === 1).map(({ word }) => word),
  unsaid: words.filter((_, place) => (bits >> place) % 2 === 0).map(({ word }) => word),
})
