/** A refusal as the specification writes it: a status and `{ error, description }` (section Service Broker Errors). */
export class BrokerError extends Error {
  override readonly name = 'BrokerError';
  readonly status: number;
  readonly error: string;
  /** `instance_usable` and `update_repeatable`, of a failed update or deprovisioning only. */
  readonly flags: Flags | undefined;

  constructor(status: number, error: string, description: string, flags?: Flags) {
    super(description);
    this.status = status;
    this.error = error;
    this.flags = flags;
  }
}

/** What an instance is after an update or a deprovisioning failed; the second is of updates only. */
export interface Flags {
  readonly instance_usable: boolean;
  readonly update_repeatable?: boolean;
}

export const badRequest = (description: string): BrokerError => new BrokerError(400, 'BadRequest', description);

export const concurrency = (): BrokerError => new BrokerError(422, 'ConcurrencyError', 'Another operation for this Service Instance is in progress.');

export const asyncRequired = (): BrokerError =>
  new BrokerError(422, 'AsyncRequired', 'This Service Plan requires client support for asynchronous service operations.');

export const conflict = (what: 'instance' | 'binding'): BrokerError =>
  new BrokerError(409, 'Conflict', `There is a service ${what} with this id and different attributes.`);

export const notFound = (what: string): BrokerError => new BrokerError(404, 'NotFound', `There is no such ${what}.`);

export const gone = (what: 'instance' | 'binding'): BrokerError => new BrokerError(410, 'Gone', `There is no such service ${what}.`);
