import { createServer } from 'node:http';

// Stands for server.ts: answers /status, and shows what it was given.
const server = createServer((request, response) => {
  response.statusCode = request.url === '/status' || request.url === '/env' ? 200 : 404;
  response.end(JSON.stringify({ pid: process.pid, env: process.env }));
});
server.listen(Number(process.env['PORT']), process.env['HOST']);
process.once('SIGTERM', () => {
  console.log('server stops');
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
