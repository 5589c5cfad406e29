import type { FastifyInstance } from 'fastify';

/** While the server stops, what is under way is answered, and each answer says that its connection is the last one's. */
export function registerShutdown(app: FastifyInstance): void {
  let isStopping = false;
  app.addHook('preClose', async () => { isStopping = true; });
  app.addHook('onSend', async (_request, reply) => {
    if (isStopping) reply.header('Connection', 'close');
  });
}
