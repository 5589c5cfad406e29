import type { BrokerRecord } from './broker.ts';

/** Body of `POST /v1/brokers` for the reference broker: which of its services and plans are which of ours. */
export interface BrokerRegistration {
  readonly name: string;
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly local: true;
  readonly services: Readonly<Record<string, { readonly serviceId: string; readonly planIds: Readonly<Record<string, string>> }>>;
}

/** Identifiers as its catalogue has them, which are for good. */
const SERVICES: BrokerRegistration['services'] = {
  APP_HOSTING: { serviceId: '6f1c6f0e-6c3d-4b0c-9a53-2f6f1c1d7a10', planIds: { small: 'b7d8a5f2-0a4f-4d07-8f0e-4a6f4bb0c1e1', large: 'd2b1f4c8-5a39-4f7e-9c26-90a7d6e4f3b2' } },
  IDENTITY: { serviceId: '0c5e2a9d-3f74-4f5b-8a1e-7b9d5c2e6f33', planIds: { standard: '9e4f7a16-1c2b-4d8e-b3a5-6d0f8c7e2a44' } },
};

/** How the reference broker at an address of this machine is registered. */
export function registrationOf({ username, password }: Pick<BrokerRecord, 'username' | 'password'>, url: string): BrokerRegistration {
  return { name: 'reference', url, username, password, local: true, services: SERVICES };
}
