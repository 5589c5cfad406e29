import type { Bilingual } from '../../domain/shared/bilingual.ts';
import { bilingual, type Pair } from './say.ts';

/** Words of the page of a migration on the full track. */
export const MIGRATION_PAGE = {
  attempt: { it: 'Tentativo', en: 'Attempt' },
  gates: { it: 'Controlli', en: 'Gates' },
  open: { it: 'superato', en: 'open' },
  shut: { it: 'non superato', en: 'shut' },
  missing: { it: 'Manca:', en: 'Missing:' },
  dependencies: { it: 'Servizi da cui dipende', en: 'Services that it depends on' },
  neverRequested: { it: 'mai richiesto', en: 'never requested' },
  plan: { it: 'Il piano', en: 'The plan' },
  noPlan: { it: 'Nessun piano è stato ancora proposto.', en: 'No plan has been proposed yet.' },
  stage: { it: 'Passo', en: 'Step' },
  planned: { it: 'Previsto', en: 'Planned' },
  actual: { it: 'Avvenuto', en: 'Actual' },
  notYet: { it: 'non ancora', en: 'not yet' },
  provisioning: { it: 'Attivazione', en: 'Provisioning' },
  dataMigration: { it: 'Migrazione dei dati', en: 'Migration of the data' },
  cutover: { it: 'Messa in esercizio', en: 'Cutover' },
  request: { it: 'Richiesta', en: 'Request' },
  planApproval: { it: 'Approvazione del piano', en: 'Approval of the plan' },
  acceptance: { it: 'Collaudo', en: 'Acceptance' },
  parallelRun: { it: 'Affiancamento', en: 'Parallel run' },
  window: { it: 'Finestra fissata', en: 'Window that is set' },
  avoid: { it: 'Da evitare', en: 'To be kept away from' },
  hypercare: { it: 'Presidio rafforzato', en: 'Hypercare' },
  operation: { it: 'Esercizio', en: 'Operation' },
  closing: { it: 'Chiusura', en: 'Closing' },
  gate: { it: 'Controllo', en: 'Gate' },
  needs: { it: 'mancano:', en: 'still needed:' },
  from: { it: 'dal', en: 'from' },
  goesOn: { it: 'in corso', en: 'under way' },
  timing: { it: 'I tempi', en: 'Timing' },
  chart: { it: 'Previsto e avvenuto', en: 'Planned and actual' },
  legend: { it: '◇ e contorno tratteggiato: previsto. ● e barra piena: avvenuto. Barra rigata: da evitare. Linea spessa: oggi, {today}. ✓ ✗: controllo superato o no.', en: '◇ and dashed outline: planned. ● and solid bar: happened. Striped bar: to be kept away from. Thick line: today, {today}. ✓ ✗: gate open or shut.' },
  approved: { it: 'Approvato il', en: 'Approved on' },
  cost: { it: 'Costo per il Comune', en: 'Cost for the comune' },
  committed: { it: 'Impegnati', en: 'Committed' },
  dataClass: { it: 'Classe dei dati', en: 'Class of the data' },
  rollbackPlan: { it: 'Come si torna indietro', en: 'How it is undone' },
  windows: { it: 'Finestre della messa in esercizio', en: 'Windows of the cutover' },
  scheduled: { it: 'Fissata', en: 'Set' },
  conflicts: { it: 'Non è più libera:', en: 'It is no longer free:' },
  forbidden: { it: 'Da evitare nelle prossime settimane', en: 'To be kept away from in the next weeks' },
  defects: { it: 'Difetti', en: 'Defects' },
  defect: { it: 'Difetto', en: 'Defect' },
  severity: { it: 'Gravità', en: 'Severity' },
  reported: { it: 'Segnalato il', en: 'Reported on' },
  dueBy: { it: 'Da risolvere entro', en: 'To be resolved by' },
  broker: { it: 'Il broker', en: 'The broker' },
  instance: { it: 'Istanza', en: 'Instance' },
  call: { it: 'Chiamata', en: 'Call' },
  since: { it: 'Dal', en: 'Since' },
  outcome: { it: 'Che cosa è successo', en: 'What happened' },
  retry: { it: 'Ritenta', en: 'Try again' },
  skip: { it: 'Prosegui senza', en: 'Go on without' },
  rollBack: { it: 'Torna indietro', en: 'Roll back' },
  back: { it: 'Tornare indietro', en: 'Rolling back' },
  undoes: { it: 'Tornando indietro si annullerebbe, in questo ordine:', en: 'A roll-back would undo, in this order:' },
  noReturn: { it: 'Punto di non ritorno', en: 'Point of no return' },
  needsAct: { it: 'È passato: per tornare indietro serve un atto.', en: 'It is past: a roll-back needs an act.' },
  untilThen: { it: 'Fino ad allora si torna indietro senza un atto.', en: 'Until then it is rolled back without an act.' },
  suspended: { it: 'Sospesa', en: 'Suspended' },
  rollingBack: { it: 'Si sta tornando indietro', en: 'It is being rolled back' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** Gates by the state that they lead to. */
export const GATES = {
  FEASIBILITY: ['Verso lo studio di fattibilità', 'To the feasibility study'], PLAN_APPROVED: ["Verso l'approvazione del piano", 'To the approval of the plan'], PROVISIONING: ["Verso l'attivazione", 'To provisioning'],
  DATA_MIGRATION: ['Verso la migrazione dei dati', 'To the migration of data'], CUTOVER: ['Verso la messa in esercizio', 'To the cutover'], OPERATING: ["Verso l'esercizio", 'To operation'], CLOSED: ['Verso la chiusura', 'To the closing'],
} as const satisfies Readonly<Record<string, Pair>>;

export const DEFECT_STATES = {
  OPEN: ['Aperto', 'Open'], ALARM: ['Aperto da troppo tempo', 'Open for too long'], RESOLVED: ['Risolto', 'Resolved'],
} as const satisfies Readonly<Record<string, Pair>>;

export const HOLDS = { PARTY: ['da una parte', 'by a party'], DEPENDENCY: ['da un servizio da cui dipende', 'by a service that it depends on'] } as const satisfies Readonly<Record<string, Pair>>;

export const CAUSES = {
  OPERATOR: ["per decisione dell'Agenzia", "by the Agency's decision"], CANCELLED: ['perché il servizio è stato annullato', 'because the service was given up'], SEVERITY_1: ['per un difetto di gravità 1 rimasto aperto', 'for a defect of severity 1 that stayed open'],
} as const satisfies Readonly<Record<string, Pair>>;

export const INSTANCE_STATES = { PROVISIONED: ['attivata', 'provisioned'], BOUND: ['attivata, con accesso rilasciato', 'provisioned and bound'] } as const satisfies Readonly<Record<string, Pair>>;

const STEPS: Readonly<Record<string, Pair>> = {
  'provisioned': ["L'attivazione dell'istanza presso il broker", 'The provisioning of the instance at the broker'], 'bound': ["L'accesso rilasciato dal broker", 'The binding at the broker'],
  'provisioned-by-hand': ['Ciò che è stato attivato a mano', 'What was provisioned by hand'], 'bound-by-hand': ["L'accesso dato a mano", 'The access that was given by hand'],
  'data-moved': ['La migrazione dei dati', 'The migration of the data'], 'cut-over': ['La messa in esercizio', 'The cutover'],
};

/** A step that a roll-back undoes; `titleOf` names work items by their ids. */
export function undoneStep(step: string, titleOf: (workItem: string) => Bilingual | undefined): Bilingual {
  // Of bindings that followed the first the number says nothing to people.
  const words = STEPS[step.replace(/^bound-\d+$/, 'bound')];
  return words === undefined ? titleOf(step.replace(/^work-item-/, '')) ?? { it: step, en: step } : bilingual(words);
}

/** Steps without words would be shown as programs name them: a test looks for them. */
export function hasStepWords(step: string): boolean {
  return Object.hasOwn(STEPS, step);
}
