import type { ComputationsOf } from '../shared/computation.ts';
import type { AdhesionView } from './view.ts';

/** A computation of a field of the adhesion's view; its types say that the fields are there and hold what it takes. */
export const computation: ComputationsOf<AdhesionView> = (given) => given;
