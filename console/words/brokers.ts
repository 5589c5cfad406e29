import type { Pair } from './say.ts';

/** How a call to a broker ended that did not succeed. */
export const BROKER_CODES = {
  BROKER_UNREACHABLE: ['Il broker non è raggiungibile', 'The broker is away'], BROKER_ERROR: ['Errore del broker', 'Error of the broker'], BROKER_REFUSED: ['Il broker ha rifiutato', 'The broker refused'],
  BROKER_TIMEOUT: ['Il broker non ha risposto in tempo', 'The broker did not answer in time'], BROKER_RESPONSE_INVALID: ['Il broker ha risposto in modo non valido', "The broker's answer is not valid"],
  BROKER_UNKNOWN: ['Nessun broker è registrato per il servizio', 'No broker is registered for the service'], BROKER_CIRCUIT_OPEN: ['Il broker ha fallito più volte: per ora non lo si chiama', 'The broker failed several times: it is left alone for now'],
  BROKER_ADDRESS_REFUSED: ["L'indirizzo del broker non è ammesso", "The broker's address is not permitted"], BROKER_TLS: ['Il certificato del broker non è valido', "The broker's certificate is not valid"],
  BROKER_BUSY: ['Il broker è occupato', 'The broker is busy'], BROKER_UNAUTHORIZED: ["Il broker non accetta l'accesso", 'The broker does not accept the sign-on'], BROKER_CONFLICT: ["Il broker ha già un'istanza diversa", 'The broker has another instance already'],
  BROKER_VERSION_REFUSED: ['Il broker parla una versione diversa', 'The broker speaks another version'], BROKER_ASYNC_REQUIRED: ['Il broker risponde solo in modo asincrono', 'The broker only answers asynchronously'], BROKER_APP_REQUIRED: ["Il broker chiede un'applicazione", 'The broker asks for an application'],
  BROKER_INSTANCE_UNUSABLE: ["L'istanza non è più utilizzabile", 'The instance cannot be used any more'], BROKER_UPDATE_NOT_REPEATABLE: ['La modifica non si può ripetere', 'The update cannot be repeated'],
  BROKER_UNUSABLE_NOT_REPEATABLE: ["L'istanza non è più utilizzabile e la modifica non si può ripetere", 'The instance cannot be used any more, and the update cannot be repeated'],
  BROKER_UPDATE_UNCERTAIN: ["Il broker ha rifiutato, ma un tentativo precedente può aver modificato l'istanza", 'The broker refused, but an earlier try may have changed the instance'],
  BROKER_OPERATION_FAILED: ["Il broker non ha portato a termine l'operazione", 'The broker could not complete the operation'], BROKER_REDIRECTED: ['Il broker rinvia a un altro indirizzo', 'The broker points to another address'],
  BROKER_MAINTENANCE_CONFLICT: ['Il broker ha cambiato il suo catalogo', "The broker's catalogue has changed"], BROKER_NOT_BINDABLE: ["Il servizio del broker non rilascia accessi", "The broker's service cannot be bound"],
  BROKER_PLAN_NOT_UPDATEABLE: ['Il broker non permette di cambiare piano', 'The broker does not let the plan be changed'], BROKER_STATE_LOST: ["Il broker non conosce più l'istanza", 'The broker does not know the instance any more'],
  BROKER_FAILED: ['Chiamata fallita', 'The call failed'],
} as const satisfies Readonly<Record<string, Pair>>;

/** What a broker is asked to do. */
export const OPERATIONS = {
  PROVISION: ["Attivazione dell'istanza", 'Provisioning of the instance'], UPDATE: ["Modifica dell'istanza", 'Update of the instance'], BIND: ["Rilascio dell'accesso", 'Binding'],
  UNBIND: ["Revoca dell'accesso", 'Unbinding'], DEPROVISION: ["Dismissione dell'istanza", 'Deprovisioning of the instance'],
} as const satisfies Readonly<Record<string, Pair>>;

/** How a call stands. */
export const CALL_STATES = {
  PENDING: ['In corso', 'Under way'], FAILED: ['Fallita', 'Failed'], SKIPPED: ['Si è proseguito senza', 'Gone on without'],
} as const satisfies Readonly<Record<string, Pair>>;
