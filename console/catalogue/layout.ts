import { depthsOf, type Dependencies } from '../../domain/catalogue/graph.ts';

/** Where a service stands: its column, counted from the left, and the middle of its box from above. */
export interface Place {
  readonly column: number;
  readonly y: number;
}

/** A dependency as it is drawn: the places that it leads through, from what must be there first to what needs it. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly by: readonly Place[];
}

export interface Layout {
  readonly places: ReadonlyMap<string, Place>;
  readonly edges: readonly Edge[];
  readonly columns: number;
  readonly height: number;
}

/** A service, or a point through which an edge passes a column; points take less room. */
interface Node {
  readonly name: string;
  readonly column: number;
  readonly room: number;
  /** Names of the nodes next to it, in the columns before and after. */
  readonly before: string[];
  readonly after: string[];
}

const SWEEPS = 12;
const ROOM_OF_POINT = 0.4;

/**
 * Layers from left to right (Sugiyama): each service one column after the furthest that it depends on, in an order that
 * crosses few edges, as near to its neighbours as its column allows. Services without a dependency either way have no place here.
 */
export function layOut(dependencies: Dependencies, rowHeight: number): Layout {
  const depths = depthsOf(dependencies);
  const pairs = [...dependencies].flatMap(([to, needed]) => needed.map((from) => ({ from, to })));
  const nodes = new Map<string, Node>();
  const nodeOf = (name: string, column: number, room = 1): Node => {
    const node = nodes.get(name) ?? { name, column, room, before: [], after: [] };
    nodes.set(name, node);
    return node;
  };
  const ways = pairs.map(({ from, to }) => {
    const [first, last] = [depths.get(from) ?? 0, depths.get(to) ?? 0];
    const way = [nodeOf(from, first), ...Array.from({ length: last - first - 1 }, (_, index) => nodeOf(`${from} ${to} ${index}`, first + index + 1, ROOM_OF_POINT)), nodeOf(to, last)];
    for (const [index, node] of way.slice(1).entries()) {
      node.before.push(way[index]?.name ?? '');
      way[index]?.after.push(node.name);
    }
    return { from, to, names: way.map(({ name }) => name) };
  });
  const columns = Math.max(0, ...[...nodes.values()].map(({ column }) => column + 1));
  const layers = Array.from({ length: columns }, (_, column) => [...nodes.values()].filter((node) => node.column === column));
  const heights = placed(ordered(layers));
  const least = Math.min(0, ...heights.values());
  const placeOf = (name: string): Place => ({ column: nodes.get(name)?.column ?? 0, y: ((heights.get(name) ?? 0) - least + 0.5) * rowHeight });
  return {
    places: new Map([...nodes.values()].filter(({ room }) => room === 1).map(({ name }) => [name, placeOf(name)])),
    edges: ways.map(({ from, to, names }) => ({ from, to, by: names.map(placeOf) })),
    columns,
    height: (Math.max(-1, ...heights.values()) - least + 1) * rowHeight,
  };
}

/** Each column in the order of the means of its neighbours, to and fro; the order with the fewest crossings stays. */
function ordered(layers: readonly (readonly Node[])[]): readonly (readonly Node[])[] {
  let best = layers;
  let now = layers;
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const side = sweep % 2 === 0 ? 'before' : 'after';
    const position = new Map(now.flatMap((layer) => layer.map(({ name }, index) => [name, index / Math.max(1, layer.length - 1)] as const)));
    const weight = (node: Node): number => mean(node[side].map((name) => position.get(name) ?? 0)) ?? position.get(node.name) ?? 0;
    now = now.map((layer) => layer.toSorted((a, b) => weight(a) - weight(b)));
    if (crossings(now) < crossings(best)) best = now;
  }
  return best;
}

function crossings(layers: readonly (readonly Node[])[]): number {
  return layers.slice(1).reduce((sum, layer, index) => {
    const position = new Map((layers[index] ?? []).map(({ name }, at) => [name, at]));
    const ends = layer.flatMap(({ before }, at) => before.map((name) => [position.get(name) ?? 0, at] as const));
    return sum + ends.reduce((count, [from, to], at) => count + ends.slice(at + 1).filter(([other, end]) => (from - other) * (to - end) < 0).length, 0);
  }, 0);
}

/** The middle of each node in rows: the order of a column is kept, and each is as near to the mean of its neighbours as that allows. */
function placed(layers: readonly (readonly Node[])[]): ReadonlyMap<string, number> {
  let heights = new Map(layers.flatMap((layer) => layer.map(({ name }, index) => [name, index] as const)));
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const next = new Map(heights);
    for (const layer of sweep % 2 === 0 ? layers : layers.toReversed()) {
      const wanted = layer.map((node) => mean([...node.before, ...node.after].map((name) => next.get(name) ?? 0)) ?? next.get(node.name) ?? 0);
      for (const [index, y] of spread(wanted, layer.map(({ room }) => room)).entries()) next.set(layer[index]?.name ?? '', y);
    }
    heights = next;
  }
  return heights;
}

/** The places nearest to those wanted (least squares) that keep their order and leave room between: pooled where they would meet. */
function spread(wanted: readonly number[], rooms: readonly number[]): readonly number[] {
  let offset = 0;
  const offsets = rooms.map((room, index) => {
    offset += index === 0 ? 0 : (room + (rooms[index - 1] ?? 0)) / 2;
    return offset;
  });
  const pools: { sum: number; size: number }[] = [];
  for (const [index, want] of wanted.entries()) {
    let pool = { sum: want - (offsets[index] ?? 0), size: 1 };
    for (let last = pools.at(-1); last !== undefined && last.sum / last.size > pool.sum / pool.size; last = pools.at(-1)) {
      pools.pop();
      pool = { sum: pool.sum + last.sum, size: pool.size + last.size };
    }
    pools.push(pool);
  }
  return pools.flatMap(({ sum, size }) => Array.from({ length: size }, () => sum / size)).map((at, index) => at + (offsets[index] ?? 0));
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
