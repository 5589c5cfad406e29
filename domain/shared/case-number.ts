/** Which of the cases of its body (or of the Agency) an id names: 2 of `c_a010-2`. */
export function numberOf(id: string): number {
  return Number(id.slice(id.lastIndexOf('-') + 1));
}
