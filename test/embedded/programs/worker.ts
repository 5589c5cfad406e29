// Stands for worker.ts: lives until it is told to stop.
setInterval(() => undefined, 60_000);
process.once('SIGTERM', () => {
  console.log('worker stops');
  process.exit(0);
});
