// Stands for a program that hangs: it hears SIGTERM and does nothing.
setInterval(() => undefined, 60_000);
process.on('SIGTERM', () => console.log('not now'));
