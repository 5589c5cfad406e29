/** `node:zlib` in the page of a dossier, as far as the code that verifies asks for it: the checksum of a zip (ISO 3309). */
export function crc32(content: Uint8Array): number {
  let crc = 0xff_ff_ff_ff;
  for (const byte of content) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xff_ff_ff_ff) >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_unused, index) => {
  let entry = index;
  for (let bit = 0; bit < 8; bit += 1) entry = (entry & 1) === 1 ? (entry >>> 1) ^ 0xed_b8_83_20 : entry >>> 1;
  return entry;
});
