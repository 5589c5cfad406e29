/** What was used last, by name: of more than so many the oldest is forgotten. */
export class Remembered<Value> {
  private readonly values = new Map<string, Value>();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  get(name: string): Value | undefined {
    return this.values.get(name);
  }

  set(name: string, value: Value): void {
    this.values.delete(name);
    this.values.set(name, value);
    const oldest = this.values.size > this.most ? this.values.keys().next().value : undefined;
    if (oldest !== undefined) this.values.delete(oldest);
  }
}
