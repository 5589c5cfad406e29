/** One thing that does not hold of a dossier, with the event where there is one. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly stream?: string;
  readonly version?: number;
}

type Place = Pick<Fault, 'stream' | 'version'>;

/** Faults in the order in which they were found; those of an event are found among its own too. */
export class Faults {
  private readonly found: Fault[] = [];
  private readonly above: Faults | null;
  private readonly place: Place;

  constructor(above: Faults | null = null, place: Place = {}) {
    this.above = above;
    this.place = place;
  }

  get all(): readonly Fault[] {
    return this.found;
  }

  add(code: string, message: string): void {
    this.keep({ code, message, ...this.place });
  }

  at({ stream, version }: Required<Place>): Faults {
    return new Faults(this, { stream, version });
  }

  private keep(fault: Fault): void {
    this.found.push(fault);
    this.above?.keep(fault);
  }
}
