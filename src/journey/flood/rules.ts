/** So many forms that came faster than people fill them in are held in an area within the time; more are not taken. */
export const heldAtMost = 20

/** So many forms about one person are taken in an area within the time, however long each of them took; more are not. */
export const samePersonAtMost = 10

/** Within how many minutes they are counted. */
export const heldMinutes = 10
