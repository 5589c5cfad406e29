import type { ForbiddenWindow, TimeWindow } from '../calendar/windows.ts';
import type { CivilDate } from '../shared/civil-date.ts';

/** Why a comune has no place in a plan, whatever the calendar says. */
export type Excluded =
  | { readonly code: 'NOT_MEMBER' | 'LEAVING' | 'ALREADY_OPERATING' }
  | { readonly code: 'ALREADY_SCHEDULED'; readonly window: TimeWindow }
  | { readonly code: 'DEPENDENCY_MISSING'; readonly services: readonly string[] };

/** Why a window was passed over. */
export type Obstacle =
  | { readonly code: 'DEPENDENCY_PLANNED'; readonly service: string; readonly cutover: TimeWindow; readonly from: CivilDate }
  | { readonly code: 'SERVICE_CAPACITY' | 'WEEK_CAPACITY'; readonly week: CivilDate }
  | { readonly code: 'COMUNE_BUSY'; readonly service: string }
  | ForbiddenWindow;
