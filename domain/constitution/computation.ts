import type { ComputationsOf } from '../shared/computation.ts';
import type { ConstitutionView } from './view.ts';

/** A computation of a field of the constitution's view; its types say that the fields are there and hold what it takes. */
export const computation: ComputationsOf<ConstitutionView> = (given) => given;
