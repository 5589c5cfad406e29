import type { EventBody } from '../domain/shared/process.ts';
import type { AppendAnswer, AppendRequest, EventPage, LoadAnswer, RecallAnswer, StampedCommand, StoredEvent } from '../domain/shared/store.ts';
import type { StorePort } from '../workflows/case-port.ts';

interface MemoryStream {
  /** Versions before the first event that is here. */
  readonly base: number;
  readonly events: StoredEvent[];
  readonly commands: Map<string, { readonly content: string; readonly versions: readonly number[] }>;
}

export interface RaisedAlarm {
  readonly code: string;
  readonly stream: string;
  readonly detail: string;
}

/** The five answers of the store, in memory: for simulation and tests of the loop. Nothing is hashed, the chain is by name. */
export class MemoryStore implements StorePort {
  readonly alarms: RaisedAlarm[] = [];
  private readonly streams = new Map<string, MemoryStream>();

  events(stream: string): readonly StoredEvent[] {
    return this.stream(stream).events;
  }

  /** A stream that is elsewhere up to a version, and goes on here; answers the hash of that version. */
  begin(name: string, version: number): string {
    this.streams.set(name, { base: version, events: [], commands: new Map() });
    return hashOf(name, version);
  }

  async append(request: AppendRequest): Promise<AppendAnswer> {
    const stream = this.stream(request.stream);
    const recalled = await this.recall(request.stream, request.command);
    if (recalled.outcome !== 'UNKNOWN') return recalled;
    const version = stream.base + stream.events.length;
    if (version > request.expected) return { outcome: 'STALE', ...(await this.readAfter(request.stream, request.expected)) };
    if (version < request.expected) return { outcome: 'BEHIND', version };
    const stored = request.events.map((event, index) => this.storedEvent(request, event, version + index + 1));
    stream.events.push(...stored);
    stream.commands.set(request.command.id, { content: contentOf(request.command), versions: stored.map((event) => event.version) });
    return { outcome: 'STORED', events: stored };
  }

  load(name: string, version: number, hash: string | null): Promise<LoadAnswer> {
    const { base, events } = this.stream(name);
    const head = base + events.length;
    if (version > head || (version > 0 && hashOf(name, version) !== hash)) return Promise.resolve({ known: false, version: head });
    return Promise.resolve({ known: true, events: events.slice(version - base), more: false });
  }

  readAfter(name: string, version: number): Promise<EventPage> {
    const { base, events } = this.stream(name);
    return Promise.resolve({ events: events.slice(version - base), more: false });
  }

  recall(name: string, command: StampedCommand): Promise<RecallAnswer> {
    const { commands, events } = this.stream(name);
    const known = commands.get(command.id);
    if (known === undefined) return Promise.resolve({ outcome: 'UNKNOWN' });
    if (known.content !== contentOf(command)) return Promise.resolve({ outcome: 'MISMATCH' });
    return Promise.resolve({ outcome: 'DUPLICATE', events: events.filter((event) => known.versions.includes(event.version)) });
  }

  alarm(code: string, stream: string, detail: string): Promise<void> {
    this.alarms.push({ code, stream, detail });
    return Promise.resolve();
  }

  private storedEvent({ stream, command }: AppendRequest, event: EventBody, version: number): StoredEvent {
    // Through JSON, as a real store would keep it.
    const body = JSON.parse(JSON.stringify(event)) as EventBody;
    return { ...body, version, commandId: command.id, hash: hashOf(stream, version) };
  }

  private stream(name: string): MemoryStream {
    const known = this.streams.get(name);
    if (known !== undefined) return known;
    const fresh: MemoryStream = { base: 0, events: [], commands: new Map() };
    this.streams.set(name, fresh);
    return fresh;
  }
}

function hashOf(stream: string, version: number): string {
  return `${stream}@${version}`;
}

function contentOf(command: StampedCommand): string {
  return command.requestHash ?? JSON.stringify([command.type, command.data]);
}
