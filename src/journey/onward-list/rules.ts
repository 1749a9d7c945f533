/** How many onward referrals one page of the list shows. */
export const pageLength = 25
