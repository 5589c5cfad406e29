import { countApplications, countSites, type CountedApplication, type CountedSite, type InventoryName } from '../../domain/adhesion/recognition/inventory.ts';

/** An inventory as it stands beside the records. */
export interface Inventory {
  readonly inventory: InventoryName;
  readonly records: readonly object[];
}

const COUNTS: { readonly [Name in InventoryName]: (records: unknown) => object } = {
  // By the schema of the command, which took the records.
  applications: (records) => countApplications(records as readonly CountedApplication[]),
  sites: (records) => countSites(records as readonly CountedSite[]),
};

/** The numbers that an event holds of an inventory. */
export function countInventory(name: InventoryName, records: unknown): object {
  return COUNTS[name](records);
}

/** The document as it is stored: its name and its records. */
export function contentOf(inventory: InventoryName, records: unknown): string {
  return JSON.stringify({ inventory, records });
}

/** What `contentOf` wrote. */
export function inventoryIn(content: string): Inventory {
  return JSON.parse(content) as Inventory;
}
