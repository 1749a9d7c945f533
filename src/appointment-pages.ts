import type { App } from '#platform/http/app.ts'
import { appointmentRoutes } from '#journey/appointment/routes.tsx'
import { availabilityRoutes } from '#journey/availability/routes.tsx'
import { bookingRoutes } from '#journey/booking/routes.tsx'
import { diaryRoutes } from '#journey/diary/routes.tsx'
import { interpretingRoutes } from '#journey/interpreting/routes.tsx'
import { offerRoutes } from '#journey/offer/routes.tsx'
import { ownAppointmentRoutes } from '#journey/self-booking/routes.tsx'
import { venueRoutes } from '#journey/venue/routes.tsx'
import { meetingRoutes } from '#registers/meeting/routes.tsx'

/** When people can be met, and the times that are agreed with them. */
export async function appointmentPages(app: App): Promise<void> {
  for (const routes of every) await routes(app)
}

const every: readonly ((app: App) => Promise<void>)[] = [
  meetingRoutes,
  availabilityRoutes,
  venueRoutes,
  appointmentRoutes,
  interpretingRoutes,
  bookingRoutes,
  offerRoutes,
  ownAppointmentRoutes,
  diaryRoutes,
]
