import type { Computation } from '../shared/computation.ts';
import { computation } from './computation.ts';
import { requiredMembers, requiredPopulation } from './threshold.ts';
import type { ResolutionView } from './view.ts';

const counted = (resolutions: readonly ResolutionView[]) => resolutions.filter(({ counting }) => counting === 'COUNTED');
const inhabitants = (resolutions: readonly ResolutionView[]) => resolutions.reduce((sum, { population }) => sum + population, 0);
const REQUIRED = { members: 'threshold.required.members', population: 'threshold.required.population' } as const;

/** The sums of the threshold: what is asked for, how much of it there is, and since when it is enough. */
export const THRESHOLD_COMPUTATIONS: readonly Computation[] = [
  computation({
    field: 'threshold.required.members', rule: 'COMUNI_ASKED_FOR', law: null,
    says: { it: 'Il numero richiesto; una frazione dei comuni del territorio si arrotonda per eccesso.', en: 'The number asked for; a fraction of the comuni of the territory is rounded up.' },
    inputs: { min: 'threshold.minMembers', of: 'territory.members' }, compute: ({ min, of }) => requiredMembers(min, of),
  }),
  computation({
    field: 'threshold.required.population', rule: 'INHABITANTS_ASKED_FOR', law: null,
    says: { it: 'Il numero richiesto; di una frazione degli abitanti del territorio, più di quella.', en: 'The number asked for; of a fraction of the inhabitants of the territory, more than that.' },
    inputs: { min: 'threshold.minPopulation', of: 'territory.population' }, compute: ({ min, of }) => requiredPopulation(min, of),
  }),
  computation({
    field: 'threshold.executive.members', rule: 'EXECUTIVE_RESOLUTIONS', law: null,
    says: { it: 'I comuni la cui deliberazione conta: esecutiva, per questa forma giuridica, non oltre il giorno in cui delibera il Consiglio metropolitano.', en: 'The comuni whose resolution counts: executive, for this legal form, not later than the metropolitan council resolves.' },
    inputs: { resolutions: 'resolutions' }, compute: ({ resolutions }) => counted(resolutions).length,
  }),
  computation({
    field: 'threshold.executive.population', rule: 'THEIR_INHABITANTS', law: null,
    says: { it: 'La somma degli abitanti di questi comuni.', en: 'The sum of the inhabitants of these comuni.' },
    inputs: { resolutions: 'resolutions' }, compute: ({ resolutions }) => inhabitants(counted(resolutions)),
  }),
  computation({
    field: 'threshold.adopted.members', rule: 'ADOPTED_RESOLUTIONS', law: null,
    says: { it: 'Gli stessi, e quelli la cui deliberazione è adottata e non ancora esecutiva.', en: 'The same, and those whose resolution is adopted and not executive yet.' },
    inputs: { resolutions: 'resolutions' }, compute: ({ resolutions }) => resolutions.length,
  }),
  computation({
    field: 'threshold.met', rule: 'BOTH_REACHED', law: null,
    says: { it: 'Raggiunta quando lo sono insieme il numero dei comuni e quello dei loro abitanti.', en: 'Met when the number of comuni and that of their inhabitants both are.' },
    inputs: { ...REQUIRED, executiveMembers: 'threshold.executive.members', executivePopulation: 'threshold.executive.population' },
    compute: ({ members, population, executiveMembers, executivePopulation }) => executiveMembers >= members && executivePopulation >= population,
  }),
  computation({
    field: 'threshold.metOn', rule: 'FIRST_DAY', law: null,
    says: { it: 'Il primo giorno in cui le deliberazioni che contano, esecutive entro quel giorno, la raggiungono.', en: 'The first day on which resolutions that count, executive by then, reach it.' },
    inputs: { ...REQUIRED, resolutions: 'resolutions' },
    compute: ({ members, population, resolutions }) => {
      const all = counted(resolutions);
      const days = all.flatMap(({ executiveOn }) => executiveOn ?? []).toSorted();
      const by = (day: string) => all.filter(({ executiveOn }) => executiveOn !== null && executiveOn <= day);
      return days.find((day) => by(day).length >= members && inhabitants(by(day)) >= population) ?? '';
    },
  }),
];
