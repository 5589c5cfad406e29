// Stands for the reference broker: stays until it is told to go.
const alive = setInterval(() => undefined, 1000);
process.once('SIGTERM', () => clearInterval(alive));
