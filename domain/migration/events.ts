import type { CivilDate, Instant } from '../shared/civil-date.ts';
import type { TextRef } from '../shared/text-ref.ts';
import type { JsonObject, WorkItemTemplate } from './services.ts';

/** `at` is when we knew (the command's receipt); `effectiveOn` the civil day on which the fact counted. */
export type MigrationEvent =
  | {
      readonly type: 'MigrationRequested';
      readonly data: {
        readonly id: string;
        readonly adhesion: string;
        readonly body: string;
        readonly service: string;
        readonly plan: string;
        readonly parameters: JsonObject;
        /** Version of the catalogue's row that the work items come from. */
        readonly catalogueVersion: number;
        readonly at: Instant;
      };
    }
  | {
      readonly type: 'ProvisioningStarted';
      readonly data: { readonly workItems: readonly WorkItemTemplate[]; readonly at: Instant };
    }
  | {
      readonly type: 'WorkItemCompleted';
      readonly data: {
        readonly workItemId: string;
        readonly completedOn: CivilDate;
        readonly note: TextRef | null;
        readonly at: Instant;
      };
      readonly effectiveOn: CivilDate;
    }
  | {
      readonly type: 'ServiceDelivered';
      readonly data: { readonly deliveredOn: CivilDate; readonly at: Instant };
      readonly effectiveOn: CivilDate;
    }
  | {
      readonly type: 'MigrationCancelled';
      readonly data: { readonly reasons: TextRef; readonly at: Instant };
    }
  | {
      readonly type: 'MigrationClosed';
      readonly data: { readonly closedOn: CivilDate; readonly at: Instant };
      readonly effectiveOn: CivilDate;
    };
